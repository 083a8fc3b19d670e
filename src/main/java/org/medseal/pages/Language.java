package org.medseal.pages;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Languages the pages speak. */
public enum Language {
  EN("en", "en"),
  ZH("zh", "zh-Hans");

  private final String code;
  private final String tag;

  Language(String code, String tag) {
    this.code = code;
    this.tag = tag;
  }

  /** As in cookies, forms and names of text files. */
  public String code() {
    return code;
  }

  /** BCP 47, for the document's {@code lang}. */
  public String tag() {
    return tag;
  }

  static Optional<Language> ofCode(String code) {
    for (Language each : values()) {
      if (each.code.equals(code)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** The first that the visitor accepts and the pages speak; English if none. RFC 4647. */
  static Language accepted(String acceptLanguage) {
    if (acceptLanguage.isBlank() || acceptLanguage.length() > 200) {
      return EN;
    }
    try {
      List<Locale.LanguageRange> wanted = Locale.LanguageRange.parse(acceptLanguage);
      for (Locale.LanguageRange range : wanted) {
        String primary = range.getRange().split("-", 2)[0];
        Optional<Language> spoken = range.getWeight() > 0 ? ofCode(primary) : Optional.empty();
        if (spoken.isPresent()) {
          return spoken.get();
        }
      }
      return EN;
    } catch (IllegalArgumentException malformed) {
      return EN;
    }
  }
}
