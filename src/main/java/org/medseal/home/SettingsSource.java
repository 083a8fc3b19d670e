package org.medseal.home;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Property files laid over one another, remembering which file each key came from. */
public final class SettingsSource {
  private record Entry(String value, String origin) {}

  private final Map<String, Entry> entries = new TreeMap<>();

  /** Adds a file over what is there; a missing one adds nothing. */
  public SettingsSource over(Path file) {
    if (!Files.exists(file)) {
      return this;
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new HomeException(
          HomeException.Reason.SETTINGS, "cannot read the settings in " + file + ": " + e, e);
    }
    properties
        .stringPropertyNames()
        .forEach(
            key ->
                entries.put(key, new Entry(properties.getProperty(key).strip(), file.toString())));
    return this;
  }

  /** Adds single values over what is there, such as those of the command line. */
  public SettingsSource over(Map<String, String> values, String origin) {
    values.forEach((key, value) -> entries.put(key, new Entry(value, origin)));
    return this;
  }

  public Set<String> keys() {
    return entries.keySet();
  }

  /** A value that must be there and not blank. */
  public String get(String key) {
    return find(key).orElseThrow(() -> wrong(key, "is missing"));
  }

  /** Empty when absent or blank. */
  public Optional<String> find(String key) {
    return Optional.ofNullable(entries.get(key)).map(Entry::value).filter(v -> !v.isBlank());
  }

  /** A value of another type; what the parser refuses is a wrong setting. */
  public <T> T parsed(String key, Function<String, T> parser) {
    String value = get(key);
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException e) {
      throw wrong(key, "cannot be '" + value + "'");
    }
  }

  /** The same of a value that may be absent. */
  public <T> Optional<T> found(String key, Function<String, T> parser) {
    return find(key).map(value -> parsed(key, parser));
  }

  /** SETTINGS, naming key and origin. */
  public HomeException wrong(String key, String what) {
    Entry entry = entries.get(key);
    String where = entry == null ? "" : " (in " + entry.origin() + ")";
    return new HomeException(HomeException.Reason.SETTINGS, "setting " + key + " " + what + where);
  }
}
