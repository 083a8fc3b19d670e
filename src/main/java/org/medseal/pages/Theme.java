package org.medseal.pages;

import java.util.Locale;
import java.util.Optional;

/** How the pages look; SYSTEM follows the visitor's device. */
public enum Theme {
  SYSTEM,
  LIGHT,
  DARK;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Theme> ofCode(String code) {
    for (Theme each : values()) {
      if (each.code().equals(code)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
