package org.medseal.pages;

import java.util.Map;

/** What a visitor chose in this browser, kept in two cookies that say nothing else. */
public record Preferences(Language language, Theme theme) {
  public static final String LANGUAGE_COOKIE = "__Host-medseal-language";
  public static final String THEME_COOKIE = "__Host-medseal-theme";
  private static final String FOR_A_YEAR =
      "; Path=/; Max-Age=31536000; Secure; HttpOnly; SameSite=Lax";

  /** Of the cookies; without one, the language the browser accepts and the device's theme. */
  public static Preferences of(Map<String, String> cookies, String acceptLanguage) {
    return new Preferences(
        Language.ofCode(cookies.getOrDefault(LANGUAGE_COOKIE, ""))
            .orElseGet(() -> Language.accepted(acceptLanguage)),
        Theme.ofCode(cookies.getOrDefault(THEME_COOKIE, "")).orElse(Theme.SYSTEM));
  }

  /** The answer that also keeps what the form chose; unknown values are passed over. */
  public static PageAnswer kept(PageAnswer answer, String language, String theme) {
    PageAnswer kept = answer;
    if (Language.ofCode(language).isPresent()) {
      kept = kept.cookie(LANGUAGE_COOKIE + "=" + language + FOR_A_YEAR);
    }
    if (Theme.ofCode(theme).isPresent()) {
      kept = kept.cookie(THEME_COOKIE + "=" + theme + FOR_A_YEAR);
    }
    return kept;
  }
}
