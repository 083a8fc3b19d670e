package org.medseal.bench.deid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medseal.connectors.deidentify.Format;

class LeakAndUtilityTest {
  private static final Path CASES = Path.of("../shared/cases");
  private static final int MESSAGES = 250;

  private final LeakAndUtility shipped = new LeakAndUtility(Path.of("config"));

  @ParameterizedTest
  @EnumSource(names = {"HL7V2", "FHIR", "DICOM"})
  void noPlantedIdentifierIsLeftAndTheMedicineIs(Format format) {
    Tally tally = shipped.generated(format, 1_000_000, MESSAGES);
    assertThat(tally.left()).as(tally.report("generated")).isZero();
    assertThat(tally.planted()).isGreaterThan(MESSAGES * 50L);
    assertThat(tally.utility()).as(tally.report("generated")).isGreaterThanOrEqualTo(0.95);
    assertThat(tally.outcomes()).containsOnlyKeys("RELEASED");
    // An offset of 0 days is one in 731.
    assertThat(tally.offsetsOfZero()).isLessThan(MESSAGES / 50);
  }

  @ParameterizedTest
  @EnumSource(names = {"HL7V2", "FHIR"})
  void noIdentifierOfTheCaseFilesIsLeftAndTheMedicineIs(Format format) throws IOException {
    assumeTrue(Files.isDirectory(CASES), "no case files here");
    Tally tally =
        shipped.cases(format, CASES.resolve(format.name().toLowerCase(java.util.Locale.ROOT)));
    assertThat(tally.left()).as(tally.report("cases")).isZero();
    assertThat(tally.planted()).isPositive();
    assertThat(tally.utility()).as(tally.report("cases")).isGreaterThanOrEqualTo(0.95);
  }
}
