package org.medseal.bench.deid;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.medseal.connectors.deidentify.DeidentifiedRecord;
import org.medseal.connectors.deidentify.Deidentifier;
import org.medseal.connectors.deidentify.Deidentifiers;
import org.medseal.connectors.deidentify.FeedPolicy;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.Outcome;

/** Runs messages with planted identifiers through the de-identifier and looks for them after it. */
final class Generated {
  private final Format format;
  private final Deidentifier deidentifier;
  private final FeedPolicy policy;
  private final Function<AnswerKey, byte[]> planting;

  Generated(Format format, Deidentifiers deidentifiers, FeedPolicy policy) {
    this.format = format;
    this.deidentifier = deidentifiers.forFormat(format);
    this.policy = policy;
    this.planting =
        switch (format) {
          case FHIR -> FhirPlanting::message;
          case DICOM -> DicomPlanting::message;
          case HL7V2 -> Hl7Planting::message;
        };
  }

  /** Messages of {@code seed}, {@code seed + 1}, …, on all processors. */
  Tally run(long seed, int messages) {
    List<Tally> parts =
        LongStream.range(seed, seed + messages)
            .parallel()
            .collect(ArrayList::new, this::one, ArrayList::addAll);
    Tally sum = new Tally();
    parts.forEach(sum::add);
    return sum;
  }

  /** A list has one tally at most, that of the thread which fills it. */
  private void one(List<Tally> ofThread, long seed) {
    if (ofThread.isEmpty()) {
      ofThread.add(new Tally());
    }
    AnswerKey key = new AnswerKey(seed);
    Outcome outcome = deidentifier.deidentify(planting.apply(key), policy);
    judge(ofThread.get(0), key, outcome, "seed " + seed);
  }

  private void judge(Tally tally, AnswerKey key, Outcome outcome, String where) {
    tally.outcome(outcome);
    String record = text(outcome);
    LeakSearch search = new LeakSearch(record);
    List<Secret> times =
        key.secrets().stream().filter(s -> s.kind() == Secret.Kind.EVENT_TIME).toList();
    // An offset of 0 days leaves every time as it is; a forgotten shift leaves one of them.
    boolean unmoved =
        !record.isEmpty() && times.stream().allMatch(time -> search.finds(time.text()));
    if (unmoved) {
      tally.unmoved();
    }
    for (Secret secret : key.secrets()) {
      boolean moved = secret.kind() != Secret.Kind.EVENT_TIME || !unmoved;
      boolean left = moved && search.finds(secret.text());
      tally.identifier(secret.place() + " " + secret.kind(), left, where);
    }
    tally.medicine(key.clinical(), medicine(record, outcome));
  }

  private List<String> medicine(String record, Outcome outcome) {
    if (record.isEmpty()) {
      return List.of();
    }
    if (format == Format.DICOM && outcome instanceof Outcome.Released released) {
      return DicomMedicine.of(released.records().get(0).content());
    }
    return format == Format.FHIR ? Medicine.ofFhir(record) : Medicine.ofHl7(record);
  }

  /** What was released, or nothing. A generated message is about one patient. */
  static String text(Outcome outcome) {
    return outcome instanceof Outcome.Released released
        ? released.records().stream().map(Generated::text).collect(Collectors.joining("\n"))
        : "";
  }

  /** Of an image in both character sets that its generator uses. */
  private static String text(DeidentifiedRecord record) {
    String utf8 = new String(record.content(), StandardCharsets.UTF_8);
    return record.format() == Format.DICOM
        ? utf8 + "\n" + new String(record.content(), Charset.forName("GB18030"))
        : utf8;
  }
}
