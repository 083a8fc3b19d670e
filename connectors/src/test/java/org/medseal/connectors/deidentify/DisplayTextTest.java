package org.medseal.connectors.deidentify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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

  @Test
  void aTextThatStayedGoesWhenTheNextSourceNamesSomebodyInIt() {
    String text = "Hodgkin lymphoma";
    assertThat(DisplayText.mayStay(text, SCAN)).isTrue();
    ResidualScan next = ResidualScan.builder().person("Hodgkin").build();
    assertThat(DisplayText.mayStay(text, next)).isFalse();
    assertThat(DisplayText.mayStay(text, SCAN)).isTrue();
  }

  @Test
  void noMoreTextsAreRememberedThanTheBound() {
    for (int i = 0; i <= DisplayText.MOST_REMEMBERED; i++) {
      String number = Integer.toString(i, Character.MAX_RADIX).replaceAll("[0-9]", "q");
      assertThat(DisplayText.mayStay("Glucose w" + number + "x".repeat(i / 100), SCAN)).isTrue();
    }
    assertThat(DisplayText.remembered()).isBetween(1, DisplayText.MOST_REMEMBERED);
  }

  @Test
  void aTextThatGoesIsNotRemembered() {
    int before = DisplayText.remembered();
    assertThat(DisplayText.mayStay("Glucose of somebody called Lina", SCAN)).isFalse();
    assertThat(DisplayText.mayStay("Glucose of his cousin 12/03", SCAN)).isFalse();
    assertThat(DisplayText.remembered()).isEqualTo(before);
  }
}
