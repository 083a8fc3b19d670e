package org.medseal.connectors.deidentify.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

class FhirRulesTest {
  @Test
  void hostilePathsDoNotFillTheMemory() {
    FhirRules rules = FhirRules.load(Path.of("config/deid/fhir.yaml"));
    for (int i = 0; i < FhirRules.MOST_PLACES + 1_000; i++) {
      rules.ruleFor("Questionnaire.item" + i, "Questionnaire", "string", new Patient());
    }
    assertThat(rules.remembered()).isEqualTo(FhirRules.MOST_PLACES);
    assertThat(rules.ruleFor("Patient.gender", "Patient", "code", new Patient())).isPresent();
  }
}
