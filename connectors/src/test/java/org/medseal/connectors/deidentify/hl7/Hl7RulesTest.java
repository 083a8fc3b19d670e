package org.medseal.connectors.deidentify.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.rules.Rule;

class Hl7RulesTest {
  private final Hl7Rules rules = Hl7Rules.load(Path.of("config/deid/hl7v2.yaml"));
  private final Segment obx = new Segment("OBX", List.of());

  @Test
  void hostileFieldsTypesAndNamesDoNotFillTheMemory() {
    rules.ruleFor(obx, 10_000, "");
    rules.ruleFor(obx, 9_000, "");
    int before = rules.remembered();
    for (int i = 0; i < 1_000; i++) {
      rules.ruleFor(obx, 10_000 + i, "");
      rules.ruleFor(obx, 9_000 + i % 999, "");
      rules.ruleFor(obx, 9_000, "x" + i);
    }
    assertThat(rules.remembered()).isEqualTo(before);
  }

  @Test
  void aValueTypeWithoutARuleOfItsOwnIsJudgedAsNone() {
    Optional<Rule> none = rules.ruleFor(obx, 5, "");
    assertThat(rules.ruleFor(obx, 5, "Q1")).isEqualTo(none);
    assertThat(rules.ruleFor(obx, 5, "NM")).isPresent().isNotEqualTo(none);
  }

  @Test
  void noRuleAppliesBeyondTheLastField() {
    Segment observation = new Segment("ZZZ", List.of());
    assertThat(rules.ruleFor(observation, Hl7Path.LAST + 1, "")).isEmpty();
  }
}
