package org.medseal.mail;

import java.text.MessageFormat;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Collectors;

/**
 * What letters say, in Chinese and English one after the other: whoever asks for one has not told a
 * language. They name neither login nor person, so a mistyped address tells a stranger nothing.
 */
final class Letters {
  private static final String TEXTS = "texts.mail";
  private static final List<Locale> LANGUAGES = List.of(Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH);

  private final List<ResourceBundle> bundles;

  Letters() {
    ResourceBundle.Control exactly =
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    this.bundles =
        LANGUAGES.stream().map(each -> ResourceBundle.getBundle(TEXTS, each, exactly)).toList();
  }

  Letter recovery(String to, String link, Duration lasts) {
    return letter(to, "recovery", link, String.valueOf(lasts.toMinutes()));
  }

  Letter notice(String to, Notice notice) {
    return letter(to, notice.key());
  }

  private Letter letter(String to, String key, Object... values) {
    return new Letter(
        to, joined(" / ", key + ".subject", values), joined("\n\n---\n\n", key + ".text", values));
  }

  private String joined(String between, String key, Object... values) {
    return bundles.stream()
        .map(texts -> new MessageFormat(texts.getString(key), texts.getLocale()).format(values))
        .collect(Collectors.joining(between));
  }
}
