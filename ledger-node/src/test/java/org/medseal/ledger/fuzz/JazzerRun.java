package org.medseal.ledger.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Coverage-guided, by hand: docs/fuzzing.md says how. Needs the profile that brings Jazzer; a JVM
 * of its own for each target, because Jazzer instruments it.
 */
@EnabledIfSystemProperty(named = "medseal.fuzz.seconds", matches = "\\d+")
class JazzerRun {
  private static final String SECONDS = System.getProperty("medseal.fuzz.seconds");
  private static final String ONLY = System.getProperty("medseal.fuzz.target", "");

  @TempDir Path scratch;

  @Test
  void nothingBreaksTheTargets() throws Exception {
    for (FuzzTarget each : FuzzTargets.all()) {
      if (ONLY.isEmpty() || ONLY.equals(each.name())) {
        fuzz(each);
      }
    }
  }

  private void fuzz(FuzzTarget target) throws IOException, InterruptedException {
    Path corpus = Files.createDirectories(scratch.resolve(target.name()));
    for (int i = 0; i < target.seeds().size(); i++) {
      Files.write(corpus.resolve("seed-" + i), target.seeds().get(i));
    }
    Path log = scratch.resolve(target.name() + ".log");
    Process jazzer =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx1g",
                    "-cp",
                    System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                    "-Dmedseal.fuzz.target=" + target.name(),
                    "com.code_intelligence.jazzer.Jazzer",
                    "--target_class=" + JazzerEntry.class.getName(),
                    "--instrumentation_includes=org.medseal.**",
                    "--keep_going=1",
                    "-max_total_time=" + SECONDS,
                    "-max_len=16384",
                    "-print_final_stats=1",
                    corpus.toString()))
            .directory(scratch.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int code = jazzer.waitFor();
    List<String> lines = Files.readAllLines(log);
    System.out.println(
        "fuzz "
            + target.name()
            + ": exit "
            + code
            + lines.stream()
                .filter(line -> line.contains("stat::number_of_executed") || line.contains("DONE"))
                .map(line -> "\n  " + line.trim())
                .reduce("", String::concat));
    assertThat(code).as(String.join("\n", lines)).isZero();
  }
}
