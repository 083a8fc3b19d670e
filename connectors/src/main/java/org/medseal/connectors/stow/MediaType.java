package org.medseal.connectors.stow;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A media type with its parameters (RFC 9110 section 8.3.1).
 *
 * @param name type and subtype in lower case
 * @param parameters names in lower case, values as written, without their quotes
 */
record MediaType(String name, Map<String, String> parameters) {
  private static final int LONGEST = 1024;
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern NAME = Pattern.compile("\\s*(" + TOKEN + "/" + TOKEN + ")\\s*");
  private static final Pattern PARAMETER =
      Pattern.compile(
          ";\\s*(?:(" + TOKEN + ")\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s;\"]+)))?\\s*");

  MediaType {
    parameters = Map.copyOf(parameters);
  }

  /** Empty for what is none; the first of two parameters of one name counts. */
  static Optional<MediaType> parse(String text) {
    Matcher name = NAME.matcher(text);
    if (text.length() > LONGEST || !name.lookingAt()) {
      return Optional.empty();
    }
    Map<String, String> parameters = new HashMap<>();
    Matcher parameter = PARAMETER.matcher(text);
    int at = name.end();
    while (at < text.length()) {
      if (!parameter.region(at, text.length()).lookingAt()) {
        return Optional.empty();
      }
      if (parameter.group(1) != null) {
        String quoted = parameter.group(2);
        String value = quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1");
        parameters.putIfAbsent(parameter.group(1).toLowerCase(Locale.ROOT), value);
      }
      at = parameter.end();
    }
    return Optional.of(new MediaType(name.group(1).toLowerCase(Locale.ROOT), parameters));
  }

  Optional<String> parameter(String key) {
    return Optional.ofNullable(parameters.get(key));
  }
}
