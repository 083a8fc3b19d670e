package org.medseal.connectors.deidentify.rules;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A rule file of one format with what every format asks of its settings. Whatever is wrong throws
 * DeidConfigException with file, line and key.
 */
public final class RuleFile {
  private final Path path;
  private final RuleSet rules;

  private RuleFile(Path path, RuleSet rules) {
    this.path = path;
    this.rules = rules;
  }

  /** {@code format} as the file's own key must spell it. */
  public static RuleFile load(Path path, String format, Predicate<String> validPath) {
    RuleFile file = new RuleFile(path, RuleSet.load(path, validPath));
    if (!file.rules.format().equals(format)) {
      throw file.wrong("format", "must be " + format);
    }
    return file;
  }

  public Path path() {
    return path;
  }

  public String id() {
    return rules.id();
  }

  public List<Rule> rules() {
    return rules.rules();
  }

  public Map<String, Object> settings() {
    return rules.settings();
  }

  public void requireOptionsOf(Set<String> known) {
    for (Rule rule : rules.rules()) {
      for (String option : rule.options().keySet()) {
        if (!known.contains(option)) {
          throw wrong(rule, option, "is no known option");
        }
      }
    }
  }

  public void requireSettingsOf(Set<String> known) {
    for (String key : rules.settings().keySet()) {
      if (!known.contains(key)) {
        throw wrong(key, "is no known setting");
      }
    }
  }

  public boolean has(String key) {
    return rules.settings().containsKey(key);
  }

  /** Empty where the setting is not there. */
  public Map<?, ?> mapping(String key) {
    return has(key) ? requiredMapping(key) : Map.of();
  }

  public Map<?, ?> requiredMapping(String key) {
    if (rules.settings().get(key) instanceof Map<?, ?> map) {
      return map;
    }
    throw wrong(key, "must be a mapping");
  }

  /** A list's items; empty where the setting is not there. */
  public Set<String> texts(String key) {
    if (!has(key)) {
      return Set.of();
    }
    Set<String> out = new HashSet<>();
    list(key, rules.settings().get(key)).forEach(item -> out.add(String.valueOf(item)));
    return out;
  }

  /** A list's items, to be compared without case. */
  public Set<String> words(String key, Object value) {
    Set<String> out = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    list(key, value).forEach(item -> out.add(String.valueOf(item)));
    return out;
  }

  private List<?> list(String key, Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw wrong(key, "must be a list");
  }

  /** About a setting. */
  public DeidConfigException wrong(String key, String problem) {
    return new DeidConfigException(path, 0, key, problem);
  }

  public DeidConfigException wrong(Rule rule, String key, String problem) {
    return new DeidConfigException(path, rule.line(), key, problem);
  }
}
