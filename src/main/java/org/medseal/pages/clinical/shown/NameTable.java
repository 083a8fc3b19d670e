package org.medseal.pages.clinical.shown;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Tables of names that a standard gives its parts: key, type, English, Chinese, parted by tabs. */
public final class NameTable {
  private NameTable() {}

  /**
   * One row.
   *
   * @param type of the data behind the name; empty where the table knows none
   */
  public record Name(String type, String english, String chinese) {
    public String in(Locale locale) {
      return locale.getLanguage().equals(Locale.CHINESE.getLanguage()) ? chinese : english;
    }
  }

  /** The resource beside that class, by key; an UncheckedIOException where it is not there. */
  public static Map<String, Name> read(Class<?> beside, String resource) {
    Map<String, Name> names = new HashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(beside.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .forEach(cells -> names.put(cells[0], new Name(cells[1], cells[2], cells[3])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(names);
  }
}
