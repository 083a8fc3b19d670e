package org.medseal.connectors.deidentify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The public code systems whose codes stay, by the name a format gives them; a name ending in * is
 * a prefix, one ending in #### is followed by four digits (HL7 tables). A name of form none is none
 * of them whatever prefix it has. Names compare without case.
 */
public final class CodeSystems {

  private static final String TABLE = "####";

  private record Prefix(String text, CodeForm form) {}

  private final Map<String, CodeForm> exact = new HashMap<>();
  private final List<Prefix> prefixes = new ArrayList<>();
  private final List<Prefix> tables = new ArrayList<>();

  /** {@code settings} maps names to forms; a wrong one throws IllegalArgumentException with it. */
  public CodeSystems(Map<?, ?> settings) {
    settings.forEach(
        (name, form) -> {
          String key = String.valueOf(name).toUpperCase(Locale.ROOT);
          CodeForm found =
              CodeForm.spelled(String.valueOf(form))
                  .orElseThrow(() -> new IllegalArgumentException(String.valueOf(name)));
          if (key.endsWith(TABLE)) {
            tables.add(new Prefix(key.substring(0, key.length() - TABLE.length()), found));
          } else if (key.endsWith("*")) {
            prefixes.add(new Prefix(key.substring(0, key.length() - 1), found));
          } else {
            exact.put(key, found);
          }
        });
  }

  /** Empty for a local or unknown system. */
  public Optional<CodeForm> form(String system) {
    String key = system.strip().toUpperCase(Locale.ROOT);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    CodeForm form = exact.get(key);
    if (form != null) {
      return Optional.of(form).filter(f -> f != CodeForm.NONE);
    }
    for (Prefix table : tables) {
      if (key.startsWith(table.text()) && isTableNumber(key, table.text().length())) {
        return Optional.of(table.form());
      }
    }
    return prefixes.stream()
        .filter(p -> key.startsWith(p.text()))
        .map(Prefix::form)
        .findFirst()
        .filter(f -> f != CodeForm.NONE);
  }

  private static boolean isTableNumber(String key, int from) {
    boolean digits = key.length() == from + TABLE.length();
    for (int i = from; digits && i < key.length(); i++) {
      digits = key.charAt(i) >= '0' && key.charAt(i) <= '9';
    }
    return digits;
  }

  /** Whether the list names this system in full, so that its name is not a sender's own text. */
  public boolean isNamed(String system) {
    return exact.containsKey(system.strip().toUpperCase(Locale.ROOT));
  }

  /** Whether this is a code that may stay. */
  public boolean isPublic(String system, String code) {
    return form(system).filter(f -> f.fits(code)).isPresent();
  }
}
