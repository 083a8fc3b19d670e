package org.medseal.connectors.deidentify.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.DeidFixture;
import org.medseal.connectors.deidentify.DeidentifiedRecord;
import org.medseal.connectors.deidentify.Deidentifier;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.Outcome;

/** Real messages of many senders and versions, where the folder with them is there. */
class Hl7CorpusTest {

  private static final Path CASES = Path.of("../shared/cases/hl7v2");

  private final Deidentifier deidentifier = DeidFixture.shipped(Format.HL7V2);

  @Test
  void messagesAboutAPatientAreReleasedWithoutTheirIdentity() throws IOException {
    assumeTrue(Files.isDirectory(CASES), "no corpus here");
    SortedMap<String, Integer> outcomes = new TreeMap<>();
    List<String> leaks = new ArrayList<>();
    int released = 0;
    int total = 0;
    for (Path file : files()) {
      for (byte[] message : split(Files.readAllBytes(file))) {
        Outcome outcome = deidentifier.deidentify(message, DeidFixture.LOCAL);
        outcomes.merge(label(outcome), 1, Integer::sum);
        if (outcome instanceof Outcome.NotARecord) {
          continue;
        }
        total++;
        if (outcome instanceof Outcome.Released r) {
          released++;
          for (DeidentifiedRecord record : r.records()) {
            leaks.addAll(
                leaks(file, message, new String(record.content(), StandardCharsets.UTF_8)));
          }
        } else {
          System.out.println(CASES.relativize(file) + " " + outcome);
        }
      }
    }
    System.out.println("hl7v2 corpus: " + outcomes);
    assertThat(leaks).isEmpty();
    assertThat(released).isGreaterThan(total * 95 / 100);
  }

  private static String label(Outcome outcome) {
    return outcome instanceof Outcome.Quarantined q
        ? "quarantined " + q.reason()
        : outcome instanceof Outcome.NotARecord n ? "not a record " + n.kind() : "released";
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(CASES)) {
      return all.filter(p -> p.toString().endsWith(".hl7")).sorted().toList();
    }
  }

  /** One message per MSH line. */
  private static List<byte[]> split(byte[] file) {
    List<byte[]> out = new ArrayList<>();
    ByteArrayOutputStream now = new ByteArrayOutputStream();
    String text =
        new String(file, StandardCharsets.ISO_8859_1).replace("\r\n", "\r").replace('\n', '\r');
    for (String line : text.split("\r", -1)) {
      String clean = line.replace("\u000b", "").replace("\u001c", "");
      if (clean.startsWith("MSH") && now.size() > 0) {
        out.add(now.toByteArray());
        now.reset();
      }
      if (!clean.isBlank()
          && !Set.of("FHS", "BHS", "BTS", "FTS")
              .contains(clean.substring(0, Math.min(3, clean.length())))) {
        now.writeBytes((clean + "\r").getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    if (now.size() > 0) {
      out.add(now.toByteArray());
    }
    return out;
  }

  private static List<String> leaks(Path file, byte[] message, String output) {
    Hl7Charset.Decoded decoded =
        Hl7Charset.decode(message, java.util.Optional.empty()).orElseThrow();
    Hl7Message source = Hl7Message.parse(decoded.text(), decoded.charset()).orElseThrow();
    Set<String> seek = new TreeSet<>();
    for (Segment pid : source.all("PID")) {
      pid.field(5)
          .repetitions()
          .forEach(
              r -> r.components().stream().limit(3).forEach(c -> seek.addAll(c.subcomponents())));
      pid.field(3).repetitions().forEach(r -> seek.add(r.text(1)));
      pid.field(19).repetitions().forEach(r -> seek.add(r.text(1)));
      pid.field(13).repetitions().forEach(r -> seek.add(r.text(1)));
      pid.field(11).repetitions().forEach(r -> seek.addAll(r.component(1).subcomponents()));
    }
    List<String> leaks = new ArrayList<>();
    for (String value : seek) {
      boolean han = value.codePoints().anyMatch(Character::isIdeographic);
      boolean number = value.chars().allMatch(Character::isDigit);
      if (value.length() >= (han ? 2 : number ? 6 : 4)
          && output.toLowerCase(Locale.ROOT).contains(value.toLowerCase(Locale.ROOT))) {
        leaks.add(file.getFileName() + ": " + value);
      }
    }
    return leaks;
  }
}
