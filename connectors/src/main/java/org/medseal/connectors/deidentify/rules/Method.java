package org.medseal.connectors.deidentify.rules;

import java.util.Optional;

/** What a rule does with the value at its path. */
public enum Method {
  KEEP,
  DROP,
  EMPTY,
  DUMMY,
  PSEUDONYM,
  SHIFT_DATE,
  GENERALIZE,
  MAP_UID,
  ALLOW_VOCABULARY;

  private final String spelling = spelled();

  /** The spelling of the rule files, such as {@code shiftDate}. */
  public String spelling() {
    return spelling;
  }

  private String spelled() {
    StringBuilder out = new StringBuilder();
    for (String word : name().split("_", -1)) {
      out.append(
          out.isEmpty() ? word.substring(0, 1).toLowerCase(java.util.Locale.ROOT) : word.charAt(0));
      out.append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
    }
    return out.toString();
  }

  static Optional<Method> spelled(String text) {
    for (Method method : values()) {
      if (method.spelling().equals(text)) {
        return Optional.of(method);
      }
    }
    return Optional.empty();
  }
}
