package org.medseal.connectors.deidentify.rules;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The ordered rules of one format; the first that matches a place wins. {@code id} is the file's
 * {@code name} and the first 12 hex digits of its SHA-256, {@code settings} what the format's
 * engine reads beside the rules.
 */
public record RuleSet(String id, String format, List<Rule> rules, Map<String, Object> settings) {

  private static final Set<String> KEYS = Set.of("name", "format", "rules", "settings");

  public RuleSet {
    rules = List.copyOf(rules);
    settings = Map.copyOf(settings);
  }

  /** Reads and checks a rule file; an unknown key, method or path stops with file, line and key. */
  public static RuleSet load(Path yaml, Predicate<String> validPath) {
    YamlFile file = YamlFile.read(yaml);
    Map<String, YamlFile.Entry> root = file.root();
    root.forEach(
        (key, entry) -> {
          if (!KEYS.contains(key)) {
            throw new DeidConfigException(yaml, entry.line(), key, "is not known");
          }
        });
    List<Rule> rules = new ArrayList<>();
    for (Map<String, YamlFile.Entry> entry : file.list("rules")) {
      rules.add(rule(yaml, entry, validPath));
    }
    String id = text(yaml, root, "name", 1) + "-" + digest(file.bytes());
    return new RuleSet(id, text(yaml, root, "format", 1), rules, settings(yaml, root));
  }

  private static Rule rule(
      Path yaml, Map<String, YamlFile.Entry> entry, Predicate<String> validPath) {
    int line = entry.values().stream().mapToInt(YamlFile.Entry::line).min().orElse(1);
    String path = text(yaml, entry, "path", line);
    if (!validPath.test(path)) {
      throw new DeidConfigException(yaml, entry.get("path").line(), path, "is no known path");
    }
    String spelled = text(yaml, entry, "method", line);
    Method method =
        Method.spelled(spelled)
            .orElseThrow(
                () ->
                    new DeidConfigException(
                        yaml, entry.get("method").line(), spelled, "is no known method"));
    Map<String, Object> options = new HashMap<>();
    entry.forEach(
        (key, value) -> {
          if (!key.equals("path") && !key.equals("method")) {
            options.put(key, value.value());
          }
        });
    return new Rule(path, method, options, line);
  }

  private static String text(Path yaml, Map<String, YamlFile.Entry> map, String key, int line) {
    YamlFile.Entry entry = map.get(key);
    if (entry == null) {
      throw new DeidConfigException(yaml, line, key, "is missing");
    }
    if (!(entry.value() instanceof String value) || value.isBlank()) {
      throw new DeidConfigException(yaml, entry.line(), key, "must be text");
    }
    return value;
  }

  private static Map<String, Object> settings(Path yaml, Map<String, YamlFile.Entry> root) {
    YamlFile.Entry entry = root.get("settings");
    if (entry == null) {
      return Map.of();
    }
    if (!(entry.value() instanceof Map<?, ?> map)) {
      throw new DeidConfigException(yaml, entry.line(), "settings", "must be a mapping");
    }
    Map<String, Object> out = new HashMap<>();
    map.forEach((k, v) -> out.put(String.valueOf(k), v));
    return out;
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
