package org.medseal.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferencesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "zh-CN,zh;q=0.9,en;q=0.8 | ZH",
        "en-GB,en;q=0.9,zh;q=0.1 | EN",
        "fr, zh-TW;q=0.5 | ZH",
        "zh;q=0, en | EN",
        "de | EN",
        "'' | EN",
        ";;;=== | EN"
      })
  void theLanguageIsTheFirstThatBothSpeak(String accepted, Language language) {
    assertThat(Preferences.of(Map.of(), accepted).language()).isEqualTo(language);
  }

  @Test
  void aChoiceOutweighsTheBrowserAndAnUnknownOneIsNone() {
    Map<String, String> cookies =
        Map.of(Preferences.LANGUAGE_COOKIE, "zh", Preferences.THEME_COOKIE, "dark");
    assertThat(Preferences.of(cookies, "en")).isEqualTo(new Preferences(Language.ZH, Theme.DARK));
    Map<String, String> strange =
        Map.of(Preferences.LANGUAGE_COOKIE, "\"><x", Preferences.THEME_COOKIE, "pink");
    assertThat(Preferences.of(strange, "en")).isEqualTo(new Preferences(Language.EN, Theme.SYSTEM));
  }

  @Test
  void onlyKnownChoicesAreKept() {
    PageAnswer answer = PageAnswer.seeOther("/");
    assertThat(Preferences.kept(answer, "zh", "").cookies()).hasSize(1);
    assertThat(Preferences.kept(answer, "x; Domain=evil", "pink").cookies()).isEmpty();
  }
}
