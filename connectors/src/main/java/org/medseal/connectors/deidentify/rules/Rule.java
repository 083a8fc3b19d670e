package org.medseal.connectors.deidentify.rules;

import java.util.Map;

/** One line of a rule file; {@code line} counts from 1. */
public record Rule(String path, Method method, Map<String, Object> options, int line) {
  public Rule {
    options = Map.copyOf(options);
  }

  /** The name under which its use is counted. */
  public String name() {
    return path + " " + method.spelling();
  }

  public String option(String key, String otherwise) {
    return options.containsKey(key) ? String.valueOf(options.get(key)) : otherwise;
  }
}
