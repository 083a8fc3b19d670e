package org.medseal.bench.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few of the case files, and some that must not hold. */
class CaseTableTest {
  private static final Path CASES = Path.of("../shared/cases");
  private static final int SEED = 7;
  private static final int FILES = 24;

  @Test
  void everyFileOfASampleIsAnsweredAndComesToItsEnd(@TempDir Path folder) throws Exception {
    assumeTrue(Files.isDirectory(CASES), "no ../shared/cases here: nothing sent");
    List<CaseFile> files = new ArrayList<>(CaseFile.below(CASES));
    files.removeIf(f -> f.way() == CaseFile.Way.MLLP_STREAM || f.name().contains("batch-input"));
    Collections.shuffle(files, new Random(SEED));
    List<CaseResult> results;
    try (CaseTable table = CaseTable.start(folder.resolve("home"))) {
      results = table.run(files.subList(0, FILES));
    }
    assertThat(CaseTable.holds(results)).as(CaseTable.report(results)).isTrue();
    assertThat(results).hasSize(FILES).anyMatch(r -> r.committed() > 0);
  }

  @Test
  void aFileWithoutAnAnswerDoesNotHold() {
    CaseFile file = new CaseFile("hl7v2/x.hl7", Path.of("x.hl7"), CaseFile.Way.MLLP);
    var none = new java.util.TreeMap<>(java.util.Map.of(CaseResult.NO_ANSWER, 1));
    assertThat(CaseTable.holds(List.of(CaseResult.of(file, none, List.of())))).isFalse();
    var answered = new java.util.TreeMap<>(java.util.Map.of("AA", 1));
    assertThat(CaseTable.holds(List.of(CaseResult.of(file, answered, List.of())))).isTrue();
  }
}
