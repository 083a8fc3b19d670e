package org.medseal.connectors.deidentify.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleSetTest {

  @TempDir Path folder;

  @Test
  void rulesKeepTheirOrderAndTheirLines() throws IOException {
    RuleSet rules =
        load(
            "rules:",
            "  - {path: A, method: keep, as: number}",
            "  - path: B",
            "    method: shiftDate");
    assertThat(rules.rules()).extracting(Rule::path).containsExactly("A", "B");
    assertThat(rules.rules()).extracting(Rule::line).containsExactly(4, 5);
    assertThat(rules.rules().get(0).option("as", "")).isEqualTo("number");
  }

  @Test
  void theIdChangesWithTheFile() throws IOException {
    assertThat(load("rules:", "  - {path: A, method: keep}").id())
        .startsWith("test-")
        .isNotEqualTo(load("rules:", "  - {path: A, method: drop}").id());
  }

  @Test
  void anUnknownMethodStopsWithFileLineAndKey() {
    assertThatExceptionOfType(DeidConfigException.class)
        .isThrownBy(
            () -> load("rules:", "  - {path: A, method: keep}", "  - {path: A, method: keeep}"))
        .withMessageContaining("rules.yaml:5: keeep")
        .satisfies(e -> assertThat(e.line()).isEqualTo(5));
  }

  @Test
  void anUnknownPathStopsWithFileLineAndKey() {
    assertThatExceptionOfType(DeidConfigException.class)
        .isThrownBy(() -> load("rules:", "  - {path: NOPE, method: keep}"))
        .withMessageContaining("rules.yaml:4: NOPE");
  }

  @Test
  void anUnknownKeyOrADuplicateOneStops() {
    assertThatExceptionOfType(DeidConfigException.class)
        .isThrownBy(() -> load("ruels: []", "rules: []"))
        .withMessageContaining("ruels");
    assertThatExceptionOfType(DeidConfigException.class)
        .isThrownBy(() -> load("rules: []", "rules: []"));
  }

  @Test
  void everyMethodHasItsSpelling() {
    assertThat(Method.spelled("allowVocabulary")).contains(Method.ALLOW_VOCABULARY);
    assertThat(Method.spelled("mapUid")).contains(Method.MAP_UID);
    assertThat(Method.spelled("MAP_UID")).isEmpty();
  }

  private RuleSet load(String... lines) throws IOException {
    Path file = folder.resolve("rules.yaml");
    Files.writeString(file, "name: test\nformat: x\n" + String.join("\n", lines) + "\n");
    return RuleSet.load(file, p -> p.length() == 1);
  }
}
