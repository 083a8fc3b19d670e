package org.medseal.connectors.deidentify.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Other people's DICOM programs: required where CI=true, else tests without them are skipped. */
final class Oracle {
  private static final String PYTHON = "/usr/bin/python3";

  private Oracle() {}

  /** {@code debianPackage} says what to install. */
  static void require(String program, String debianPackage) {
    boolean installed =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    require(installed, program + " (package " + debianPackage + ")");
  }

  static void requirePydicom() throws IOException {
    boolean there = Files.isExecutable(Path.of(PYTHON));
    require(
        there && run(List.of(PYTHON, "-c", "import pydicom; print('here')")).contains("here"),
        "pydicom (package python3-pydicom)");
  }

  private static void require(boolean installed, String what) {
    if ("true".equals(System.getenv("CI"))) {
      assertThat(installed).as(what + " is required where CI=true").isTrue();
    }
    Assumptions.assumeTrue(installed, what + " is not installed: skipped");
  }

  /** Runs a script that lies beside this class. */
  static String python(Path scratch, String script, Object... arguments) throws IOException {
    Path file = scratch.resolve(script);
    try (InputStream source = Oracle.class.getResourceAsStream(script)) {
      Files.write(file, source.readAllBytes());
    }
    List<String> command = new java.util.ArrayList<>(List.of(PYTHON, file.toString()));
    Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
    return run(command);
  }

  /** What the program prints, errors included; whatever it ends with. */
  static String run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a program ran", e);
    }
    return output;
  }
}
