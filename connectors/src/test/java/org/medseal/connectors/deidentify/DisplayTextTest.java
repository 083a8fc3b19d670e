package org.medseal.connectors.deidentify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayTextTest {

  private static final ResidualScan SCAN =
      ResidualScan.builder()
          .person("Li")
          .person("Na")
          .id("LiNa")
          .place("Heart of Oak Clinic")
          .build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Glucose of Li",
        "Glucose (na)",
        "Glucose lina",
        "Glucose, Oak ward",
        "Glucose 12.3.58",
        "Glucose 12/03",
        "Glucose 555-0142",
        "Glucose born 1958",
        "Glucose 48151",
        "Glucose since March",
        "Glucose 3 Mar",
        "Glucose 三月",
        "Glucose per Dr Stein",
        "Glucose Mrs. Stein",
        "Glucose 斯坦医生",
        "Glucose tel 4711",
        "Glucose of his wife",
        "Glucose x@y"
      })
  void aTextThatCouldNameSomebodyGoes(String text) {
    assertThat(DisplayText.mayStay(text, SCAN)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Glucose [Mass/volume] in Serum or Plasma",
        "MR Brain WO contrast",
        "MS (multiple sclerosis)",
        "25-hydroxyvitamin D3",
        "Type 2 diabetes of the young"
      })
  void ordinaryMedicineStays(String text) {
    assertThat(DisplayText.mayStay(text, SCAN)).isTrue();
  }
}
