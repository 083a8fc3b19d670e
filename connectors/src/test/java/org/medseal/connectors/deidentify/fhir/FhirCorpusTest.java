package org.medseal.connectors.deidentify.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.DeidFixture;
import org.medseal.connectors.deidentify.DeidentifiedRecord;
import org.medseal.connectors.deidentify.Deidentifier;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.Outcome;

/** Real resources and Bundles, where the folder with them is there. */
class FhirCorpusTest {

  private static final Path CASES = Path.of("../shared/cases/fhir");

  private final Deidentifier deidentifier = DeidFixture.shipped(Format.FHIR);

  @Test
  void resourcesAboutAPatientAreReleasedWithoutTheirIdentity() throws IOException {
    assumeTrue(Files.isDirectory(CASES), "no corpus here");
    SortedMap<String, Integer> outcomes = new TreeMap<>();
    List<String> leaks = new ArrayList<>();
    int released = 0;
    int quarantined = 0;
    for (Path file : files()) {
      byte[] raw = Files.readAllBytes(file);
      long start = System.nanoTime();
      Outcome outcome = deidentifier.deidentify(raw, DeidFixture.LOCAL);
      long ms = (System.nanoTime() - start) / 1_000_000;
      if (ms > 200) {
        System.out.println(file.getFileName() + " " + ms + " ms");
      }
      outcomes.merge(label(outcome), 1, Integer::sum);
      if (outcome instanceof Outcome.Released r) {
        released++;
        for (DeidentifiedRecord record : r.records()) {
          String text = new String(record.content(), StandardCharsets.UTF_8);
          assertThat(FhirParsing.R4.newJsonParser().parseResource(text)).isNotNull();
          leaks.addAll(leaks(file, raw, text));
        }
      } else if (outcome instanceof Outcome.Quarantined) {
        quarantined++;
        System.out.println(CASES.relativize(file) + " " + outcome);
      }
    }
    System.out.println("fhir corpus: " + outcomes);
    assertThat(leaks).isEmpty();
    assertThat(released).isGreaterThan((released + quarantined) * 95 / 100);
  }

  private static String label(Outcome outcome) {
    return outcome instanceof Outcome.Quarantined q
        ? "quarantined " + q.reason()
        : outcome instanceof Outcome.NotARecord n ? "not a record " + n.kind() : "released";
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(CASES)) {
      return all.filter(p -> p.toString().endsWith(".json") || p.toString().endsWith(".xml"))
          .sorted()
          .toList();
    }
  }

  private static List<String> leaks(Path file, byte[] raw, String output) {
    Resource source = FhirParsing.parse(raw, java.util.Optional.empty()).resource().orElseThrow();
    Set<String> seek = new TreeSet<>();
    FhirTree.visit(
        source,
        node -> {
          if (node instanceof Patient patient) {
            patient
                .getName()
                .forEach(
                    n -> {
                      seek.add(n.getFamily() == null ? "" : n.getFamily());
                      n.getGiven().forEach(g -> seek.add(g.getValueNotNull()));
                    });
            patient
                .getIdentifier()
                .forEach(i -> seek.add(i.getValue() == null ? "" : i.getValue()));
            patient.getTelecom().forEach(t -> seek.add(t.getValue() == null ? "" : t.getValue()));
            patient
                .getAddress()
                .forEach(a -> a.getLine().forEach(l -> seek.add(l.getValueNotNull())));
            if (patient.hasBirthDate()) {
              seek.add(FhirTree.primitive(patient.getBirthDateElement()));
            }
          }
        });
    List<String> leaks = new ArrayList<>();
    for (String value : seek) {
      boolean number = value.chars().allMatch(Character::isDigit);
      if (value.length() >= (number ? 6 : 4)
          && output.toLowerCase(Locale.ROOT).contains(value.toLowerCase(Locale.ROOT))) {
        leaks.add(file.getFileName() + ": " + value);
      }
    }
    return leaks;
  }
}
