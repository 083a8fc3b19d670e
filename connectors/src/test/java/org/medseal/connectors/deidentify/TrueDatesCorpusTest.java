package org.medseal.connectors.deidentify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.content.Content;

/**
 * Real messages and resources under two sets of keys, so with two offsets: what comes back must be
 * the same from both, must stand in the source, and nothing but dates may differ from the record.
 */
class TrueDatesCorpusTest {
  private static final Path CASES = Path.of("../shared/cases");
  private static final Path SAMPLES = Path.of("samples");
  private static final String HL7_DATE =
      "(?:18|19|20|21)\\d{4}(?:\\d{2}(?:\\d{2}){0,3})?(?:\\.\\d+)?";
  private static final String ISO_DATE = "(?:18|19|20|21)\\d{2}-\\d{2}(?:-\\d{2}(?:T[0-9:.]+Z?)?)?";
  private static final Pattern IN_HL7 = Pattern.compile("(?<=[|^~&])" + HL7_DATE + "(?=[|^~&\r])");
  private static final Pattern IN_FHIR = Pattern.compile("(?<=\")" + ISO_DATE + "(?=\")");

  private static final Deidentifiers ONE =
      Deidentifiers.load(DeidFixture.CONFIG, DeidFixture.keys(1));
  private static final Deidentifiers OTHER =
      Deidentifiers.load(DeidFixture.CONFIG, DeidFixture.keys(41));
  private static final TrueDatesByRules RULES = TrueDatesByRules.load(DeidFixture.CONFIG);

  private int dates;
  private int moved;
  private int nameless;

  @Test
  void everyDateOfTheSamplesComesBackAsItWas() throws IOException {
    for (Path file : files(SAMPLES.resolve("hl7"), ".hl7")) {
      comesBack(file, Format.HL7V2, IN_HL7, Files.readAllBytes(file));
    }
    for (Path file : files(SAMPLES.resolve("fhir"), ".json")) {
      comesBack(file, Format.FHIR, IN_FHIR, Files.readAllBytes(file));
    }
    assertThat(dates).isGreaterThan(15);
    assertThat(moved).isGreaterThan(dates * 9 / 10);
  }

  @Test
  void everyDateOfTheHl7CasesComesBackAsItWas() throws IOException {
    assumeTrue(Files.isDirectory(CASES), "no corpus here");
    for (Path file : files(CASES.resolve("hl7v2"), ".hl7")) {
      byte[] raw = Files.readAllBytes(file);
      if (raw.length < 200_000) {
        comesBack(file, Format.HL7V2, IN_HL7, raw);
      }
    }
    assertThat(dates).isGreaterThan(500);
    assertThat(moved).isGreaterThan(dates * 9 / 10);
  }

  @Test
  void everyDateOfTheFhirCasesComesBackAsItWas() throws IOException {
    assumeTrue(Files.isDirectory(CASES), "no corpus here");
    for (Path file : files(CASES.resolve("fhir"), ".json")) {
      byte[] raw = Files.readAllBytes(file);
      if (raw.length < 500_000) {
        comesBack(file, Format.FHIR, IN_FHIR, raw);
      }
    }
    assertThat(nameless).isLessThan(10);
    assertThat(dates).isGreaterThan(500);
    assertThat(moved).isGreaterThan(dates * 9 / 10);
  }

  private void comesBack(Path file, Format format, Pattern date, byte[] raw) throws IOException {
    List<DeidentifiedRecord> one = records(ONE, format, raw);
    List<DeidentifiedRecord> other = records(OTHER, format, raw);
    assertThat(other).as(file.toString()).hasSameSizeAs(one);
    String source = new String(raw, StandardCharsets.ISO_8859_1);
    for (int i = 0; i < one.size(); i++) {
      String mark = PatientIdentity.inRecord(one.get(i).patient());
      if (!new String(one.get(i).content(), StandardCharsets.UTF_8).contains(mark)) {
        System.out.println(file.getFileName() + " does not say whose it is");
        nameless++;
        continue;
      }
      String restored = restored(one.get(i));
      List<String> found = found(date, restored);
      assertThat(found).as(file.toString()).isEqualTo(found(date, restored(other.get(i))));
      found.forEach(
          each ->
              assertThat(source)
                  .as(file.toString())
                  .contains(each.endsWith("Z") ? each.substring(0, each.length() - 1) : each));
      String record = new String(one.get(i).content(), StandardCharsets.UTF_8);
      assertThat(date.matcher(restored).replaceAll("D"))
          .as(file.toString())
          .isEqualTo(date.matcher(record).replaceAll("D"));
      List<String> before = found(date, record);
      for (int j = 0; j < found.size(); j++) {
        dates++;
        moved += before.get(j).equals(found.get(j)) ? 0 : 1;
      }
    }
  }

  private static List<DeidentifiedRecord> records(
      Deidentifiers engines, Format format, byte[] raw) {
    Outcome outcome = engines.forFormat(format).deidentify(raw, DeidFixture.LOCAL);
    return outcome instanceof Outcome.Released released ? released.records() : List.of();
  }

  private static String restored(DeidentifiedRecord record) throws IOException {
    Content restored =
        RULES
            .of(record.report().ruleSetId())
            .orElseThrow()
            .restored(record.document(), List.of(record.patient()));
    return new String(restored.bytes(), StandardCharsets.UTF_8);
  }

  private static List<String> found(Pattern date, String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = date.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(each -> each.toString().endsWith(ending)).sorted().toList();
    }
  }
}
