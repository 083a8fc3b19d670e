package org.medseal.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SamplesTest {
  private static final Path SAMPLES = Path.of("samples");

  @Test
  void everyIdentityTheDemoLooksForStandsInASample() throws IOException {
    List<String> identities = Files.readAllLines(SAMPLES.resolve("identities.txt"));
    List<Path> samples;
    try (Stream<Path> walk = Files.walk(SAMPLES)) {
      samples =
          walk.filter(Files::isRegularFile).filter(f -> !f.endsWith("identities.txt")).toList();
    }
    String all = text(samples);
    for (String identity : identities) {
      assertThat(new LeakSearch(List.of(identity)).holds(all.getBytes(StandardCharsets.UTF_8)))
          .as("the samples hold " + identity)
          .isTrue();
    }
  }

  /** Separators out of names and numbers, so that a part-wise spelling in a sample counts too. */
  private static String text(List<Path> samples) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path sample : samples) {
      String decoded = new String(Files.readAllBytes(sample), StandardCharsets.UTF_8);
      text.append(decoded).append('\n').append(decoded.replaceAll("[\\^\\-]", "")).append('\n');
    }
    return text.toString();
  }
}
