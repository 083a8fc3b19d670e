package org.medseal.ledger.mutation;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM with the class path of this one behind a folder of changed classes. */
final class Fork {
  private static final String NOTHING_ELSE = "";

  private final Path changed;
  private final long patienceSeconds;

  Fork(Path changed, long patienceSeconds) {
    this.changed = changed;
    this.patienceSeconds = patienceSeconds;
  }

  /** Everything it printed; {@code timedOut} when it had to be ended. */
  record Said(List<String> lines, boolean timedOut, int status) {
    /** The first line that starts so, without that start. */
    String after(String start) {
      return lines.stream()
          .filter(each -> each.startsWith(start))
          .map(each -> each.substring(start.length()))
          .findFirst()
          .orElse(NOTHING_ELSE);
    }
  }

  Said run(String mainClass, List<String> arguments) throws IOException, InterruptedException {
    Path output = Files.createTempFile("medseal-mutation", ".txt");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx1g",
                "-cp",
                changed + File.pathSeparator + System.getProperty("java.class.path"),
                mainClass));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(patienceSeconds, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    List<String> lines = Files.readAllLines(output);
    Files.delete(output);
    return new Said(lines, !ended, ended ? process.exitValue() : -1);
  }
}
