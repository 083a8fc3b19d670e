package org.medseal.bench.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small version of what docs/benchmarks.md has for hours. */
class KillRunTest {
  @Test
  void aKilledHospitalLosesNothingAcknowledgedAndCommitsNothingTwice(@TempDir Path folder)
      throws Exception {
    KillRun run = new KillRun(folder.resolve("hospital"), 3);
    assertThat(run.run(Duration.ofSeconds(5))).isEmpty();
    assertThat(run.kills()).isPositive();
    assertThat(run.story().resent()).isPositive();
    for (Story.Way way : Story.Way.values()) {
      assertThat(run.story().acknowledged(way)).as(way.name()).isNotEmpty();
    }
  }
}
