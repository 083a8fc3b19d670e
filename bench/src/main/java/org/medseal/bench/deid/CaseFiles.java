package org.medseal.bench.deid;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.medseal.connectors.deidentify.Deidentifier;
import org.medseal.connectors.deidentify.Deidentifiers;
import org.medseal.connectors.deidentify.FeedPolicy;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.MessageFile;
import org.medseal.connectors.deidentify.Outcome;

/**
 * Runs a folder of real messages through the de-identifier; what identified somebody is read from
 * the standard places of the source.
 */
final class CaseFiles {
  private static final FhirContext R4 = FhirContext.forR4Cached();

  private final Format format;
  private final Deidentifier deidentifier;
  private final FeedPolicy policy;

  CaseFiles(Format format, Deidentifiers deidentifiers, FeedPolicy policy) {
    this.format = format;
    this.deidentifier = deidentifiers.forFormat(format);
    this.policy = policy;
  }

  /** The messages of all files below a folder; messages about nobody count as outcomes only. */
  Tally run(Path folder) throws IOException {
    Set<String> endings = format == Format.HL7V2 ? Set.of("hl7") : Set.of("json", "xml", "ndjson");
    Tally tally = new Tally();
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(f -> endings.contains(ending(f))).sorted().toList();
    }
    for (Path file : files) {
      for (byte[] message : MessageFile.split(file.toString(), Files.readAllBytes(file))) {
        judge(tally, message, folder.relativize(file).toString());
      }
    }
    return tally;
  }

  private static String ending(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private void judge(Tally tally, byte[] message, String where) {
    Outcome outcome = deidentifier.deidentify(message, policy);
    tally.outcome(outcome);
    if (outcome instanceof Outcome.NotARecord) {
      return;
    }
    Optional<String> source = format == Format.HL7V2 ? hl7(message) : json(message);
    String record = Generated.text(outcome);
    LeakSearch search = new LeakSearch(record);
    source.ifPresent(
        text -> {
          CaseIdentity.of(format, text)
              .forEach((value, place) -> tally.identifier(place, search.finds(value), where));
          tally.medicine(medicine(text), record.isEmpty() ? List.of() : medicineOf(outcome));
        });
  }

  private List<String> medicineOf(Outcome outcome) {
    return ((Outcome.Released) outcome)
        .records().stream()
            .flatMap(r -> medicine(new String(r.content(), StandardCharsets.UTF_8)).stream())
            .toList();
  }

  private List<String> medicine(String text) {
    return format == Format.HL7V2 ? Medicine.ofHl7(text) : Medicine.ofFhir(text);
  }

  private static Optional<String> hl7(byte[] message) {
    String latin = new String(message, StandardCharsets.ISO_8859_1);
    if (!latin.contains("MSH")) {
      return Optional.empty();
    }
    String declared = Hl7Text.of(latin).segments().findFirst().map(msh -> msh.text(18)).orElse("");
    String text =
        declared.startsWith("8859/")
            ? new String(message, Charset.forName("ISO-8859-" + declared.substring(5)))
            : declared.startsWith("GB")
                ? new String(message, Charset.forName("GB18030"))
                : utf8(message).orElse(latin);
    return Optional.of(text);
  }

  private static Optional<String> utf8(byte[] message) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** XML as JSON; empty for what no parser reads. */
  private static Optional<String> json(byte[] message) {
    String text = new String(message, StandardCharsets.UTF_8);
    boolean xml = text.stripLeading().startsWith("<") || text.startsWith("\uFEFF<");
    IParser parser = xml ? R4.newXmlParser() : R4.newJsonParser();
    try {
      return Optional.of(R4.newJsonParser().encodeResourceToString(parser.parseResource(text)));
    } catch (DataFormatException e) {
      return Optional.empty();
    }
  }
}
