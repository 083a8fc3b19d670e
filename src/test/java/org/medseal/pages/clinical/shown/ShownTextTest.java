package org.medseal.pages.clinical.shown;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownTextTest {
  @Test
  void whatIsCutIsCounted() {
    assertThat(ShownText.of("abcdef", 4)).isEqualTo(new ShownText("abcd", 2));
  }

  @Test
  void aCharacterOfTwoHalvesIsNotCutInTwo() {
    assertThat(ShownText.of("ab\uD83D\uDE00", 3)).isEqualTo(new ShownText("ab", 2));
  }

  @Test
  void controlsAndMarksThatTurnTextAroundBecomeVisible() {
    assertThat(ShownText.of("a\u0007\u202Eb\n\uD800", 99).text())
        .isEqualTo("a\uFFFD\uFFFDb\n\uFFFD");
  }

  @Test
  void timesGetTheMarksPeopleReadThemBy() {
    assertThat(ShownTime.of("20240131")).isEqualTo("2024-01-31");
    assertThat(ShownTime.of("202401311205")).isEqualTo("2024-01-31 12:05");
    assertThat(ShownTime.of("20240131120559.1234+0800")).isEqualTo("2024-01-31 12:05:59 +08:00");
    assertThat(ShownTime.clock("120559.12")).isEqualTo("12:05:59");
  }

  @Test
  void whatIsNoTimeStaysAsItIs() {
    assertThat(ShownTime.of("2024")).isEqualTo("2024");
    assertThat(ShownTime.of("about noon")).isEqualTo("about noon");
    assertThat(ShownTime.clock("12")).isEqualTo("12");
  }
}
