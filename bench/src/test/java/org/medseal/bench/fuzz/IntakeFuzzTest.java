package org.medseal.bench.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A short, repeatable run of each target; docs/fuzzing.md has the long ones. */
class IntakeFuzzTest {
  @ParameterizedTest
  @CsvSource({
    "mllp, 6000",
    "hl7, 400",
    "hl7-files, 400",
    "fhir-json, 300",
    "fhir-xml, 600",
    "ndjson, 200"
  })
  void mutatedMessagesAreReadOrRefused(String target, long units)
      throws IOException, InterruptedException {
    Campaign campaign = new Campaign(target, units, 41).run(1);
    assertThat(campaign.firstBroken()).as(campaign.report()).isEmpty();
    assertThat(campaign.units()).isGreaterThanOrEqualTo(units);
  }

  @Test
  void everyTargetIsAmongThem() {
    assertThat(FuzzTargets.NAMES)
        .isEqualTo(List.of("mllp", "hl7", "hl7-files", "fhir-json", "fhir-xml", "ndjson"));
  }
}
