package org.medseal.connectors.deidentify.hl7;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.medseal.connectors.deidentify.CodeSystems;
import org.medseal.connectors.deidentify.rules.DeidConfigException;
import org.medseal.connectors.deidentify.rules.Method;
import org.medseal.connectors.deidentify.rules.Rule;
import org.medseal.connectors.deidentify.rules.RuleSet;

/** The checked rules and settings of config/deid/hl7v2.yaml. */
final class Hl7Rules {

  private static final Set<String> OPTIONS =
      Set.of("as", "of", "purpose", "value", "values", "numbers", "when", "local", "table");
  private static final Set<String> SETTINGS =
      Set.of("codeSystems", "localCodes", "identity", "vocabulary", "tables");
  private static final Set<String> SHAPES =
      Set.of(
          "code",
          "number",
          "structured",
          "quantity",
          "range",
          "unit",
          "time",
          "messageType",
          "version",
          "specimen");

  private record Placed(Hl7Path path, Rule rule) {}

  private record Place(String segment, int field, String valueType) {}

  /** A rule's {@code when: OBX-3=21112-8,56799-0}. */
  private record Condition(int field, Set<String> codes) {}

  private final RuleSet rules;
  private final List<Placed> placed;
  private final CodeSystems systems;
  private final IdentityFields identity;
  private final Map<String, String> localCodes;
  private final Set<String> vocabulary;
  private final Map<String, Set<String>> tables;
  private final Map<Rule, Condition> conditions = new ConcurrentHashMap<>();
  private final Map<Place, List<Rule>> cache = new ConcurrentHashMap<>();

  private Hl7Rules(Path file, RuleSet rules) {
    this.rules = rules;
    this.placed = new ArrayList<>();
    this.tables = tables(file, rules.settings().getOrDefault("tables", Map.of()));
    for (Rule rule : rules.rules()) {
      check(file, rule);
      placed.add(new Placed(Hl7Path.of(rule.path()).orElseThrow(), rule));
    }
    for (String key : rules.settings().keySet()) {
      if (!SETTINGS.contains(key)) {
        throw new DeidConfigException(file, 0, key, "is no known setting");
      }
    }
    try {
      this.systems = new CodeSystems(mapping(file, "codeSystems"));
    } catch (IllegalArgumentException e) {
      throw new DeidConfigException(file, 0, "codeSystems." + e.getMessage(), "has no known form");
    }
    this.identity = IdentityFields.of(file, mapping(file, "identity"));
    this.localCodes = localCodes(file);
    this.vocabulary = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    if (rules.settings().get("vocabulary") instanceof List<?> words) {
      words.forEach(w -> vocabulary.add(String.valueOf(w)));
    }
  }

  static Hl7Rules load(Path file) {
    RuleSet rules = RuleSet.load(file, p -> Hl7Path.of(p).isPresent());
    if (!rules.format().equals("hl7v2")) {
      throw new DeidConfigException(file, 0, "format", "must be hl7v2");
    }
    return new Hl7Rules(file, rules);
  }

  String id() {
    return rules.id();
  }

  CodeSystems systems() {
    return systems;
  }

  IdentityFields identity() {
    return identity;
  }

  /** "system|code" of a public code that this site mapped its own code to. */
  Optional<String> mapped(String system, String code) {
    return Optional.ofNullable(localCodes.get(system + "|" + code));
  }

  /** Whether the HL7 table that the rule names lists this code. */
  boolean inTable(Rule rule, String code) {
    return tables.getOrDefault(rule.option("table", ""), Set.of()).contains(code);
  }

  /** Whether a rule or the shipped list allows this text. */
  boolean allowed(Rule rule, String text) {
    Object own = rule.options().get("values");
    if (own instanceof List<?> values
        && values.stream().anyMatch(v -> String.valueOf(v).equalsIgnoreCase(text))) {
      return true;
    }
    return own == null && vocabulary.contains(text);
  }

  /** The first rule for a place; empty means drop. */
  Optional<Rule> ruleFor(Segment segment, int field, String valueType) {
    List<Rule> candidates =
        cache.computeIfAbsent(
            new Place(known(segment.name()), field, valueType.length() > 3 ? "" : valueType),
            p ->
                placed.stream()
                    .filter(r -> r.path().matches(p.segment(), p.field(), p.valueType()))
                    .map(Placed::rule)
                    .toList());
    return candidates.stream().filter(r -> holds(r, segment)).findFirst();
  }

  /** Segments without a rule share one name, so that hostile names do not fill the cache. */
  private String known(String name) {
    return placed.stream().anyMatch(p -> p.path().segment().equals(name))
        ? name
        : name.startsWith("Z") ? "ZZZ" : "???";
  }

  private boolean holds(Rule rule, Segment segment) {
    Condition condition = conditions.get(rule);
    if (condition == null) {
      return true;
    }
    Field.Repetition value = segment.field(condition.field()).first();
    return condition.codes().contains(value.text(1)) || condition.codes().contains(value.text(4));
  }

  private void check(Path file, Rule rule) {
    for (String option : rule.options().keySet()) {
      if (!OPTIONS.contains(option)) {
        throw new DeidConfigException(file, rule.line(), option, "is no known option");
      }
    }
    if (rule.method() == Method.KEEP && !SHAPES.contains(rule.option("as", "code"))) {
      throw new DeidConfigException(file, rule.line(), "as", "is no known shape");
    }
    if (!Set.of("key", "drop").contains(rule.option("local", "key"))) {
      throw new DeidConfigException(file, rule.line(), "local", "must be key or drop");
    }
    if (rule.options().containsKey("table") && !tables.containsKey(rule.option("table", ""))) {
      throw new DeidConfigException(file, rule.line(), "table", "is no table of settings.tables");
    }
    if (!Set.of("patient", "merged", "number", "pair").contains(rule.option("of", "number"))) {
      throw new DeidConfigException(file, rule.line(), "of", "is not known");
    }
    String when = rule.option("when", "");
    if (!when.isEmpty()) {
      int equals = when.indexOf('=');
      Optional<Hl7Path> field = Hl7Path.of(equals < 0 ? "" : when.substring(0, equals));
      if (field.isEmpty() || !rule.path().startsWith(field.get().segment())) {
        throw new DeidConfigException(
            file, rule.line(), "when", "must be SEG-n=code,… of the segment");
      }
      Set<String> codes = Set.of(when.substring(equals + 1).split(",", -1));
      conditions.put(rule, new Condition(field.get().from(), codes));
    }
  }

  private static Map<String, Set<String>> tables(Path file, Object setting) {
    Map<String, Set<String>> out = new java.util.HashMap<>();
    if (setting instanceof Map<?, ?> map) {
      map.forEach(
          (name, codes) -> {
            if (!(codes instanceof List<?> list)) {
              throw new DeidConfigException(file, 0, "tables." + name, "must be a list");
            }
            Set<String> texts = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            list.forEach(code -> texts.add(String.valueOf(code)));
            out.put(String.valueOf(name), texts);
          });
    }
    return Map.copyOf(out);
  }

  private Map<?, ?> mapping(Path file, String key) {
    if (rules.settings().get(key) instanceof Map<?, ?> map) {
      return map;
    }
    throw new DeidConfigException(file, 0, key, "must be a mapping");
  }

  private Map<String, String> localCodes(Path file) {
    if (!rules.settings().containsKey("localCodes")) {
      return Map.of();
    }
    Map<String, String> out = new java.util.HashMap<>();
    mapping(file, "localCodes")
        .forEach(
            (from, to) -> {
              String[] target = String.valueOf(to).split("\\|", 2);
              if (target.length != 2 || !systems.isPublic(target[0], target[1])) {
                throw new DeidConfigException(
                    file, 0, "localCodes." + from, "must map to SYSTEM|code of a public system");
              }
              out.put(String.valueOf(from), target[0].toUpperCase(Locale.ROOT) + "|" + target[1]);
            });
    return Map.copyOf(out);
  }
}
