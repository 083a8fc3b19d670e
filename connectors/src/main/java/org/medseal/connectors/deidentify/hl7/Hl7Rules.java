package org.medseal.connectors.deidentify.hl7;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.medseal.connectors.deidentify.CodeSystems;
import org.medseal.connectors.deidentify.KnownCodes;
import org.medseal.connectors.deidentify.rules.Method;
import org.medseal.connectors.deidentify.rules.Rule;
import org.medseal.connectors.deidentify.rules.RuleFile;

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

  private final RuleFile file;
  private final List<Placed> placed = new ArrayList<>();
  private final KnownCodes codes;
  private final IdentityFields identity;
  private final Map<String, Set<String>> tables;
  private final Map<Rule, Condition> conditions = new ConcurrentHashMap<>();
  private final Map<Place, List<Rule>> cache = new ConcurrentHashMap<>();

  private Hl7Rules(RuleFile file) {
    this.file = file;
    file.requireOptionsOf(OPTIONS);
    file.requireSettingsOf(SETTINGS);
    this.tables = tables(file);
    for (Rule rule : file.rules()) {
      check(rule);
      placed.add(new Placed(Hl7Path.of(rule.path()).orElseThrow(), rule));
    }
    this.codes = KnownCodes.of(file);
    this.identity = IdentityFields.of(file.path(), file.requiredMapping("identity"));
  }

  static Hl7Rules load(Path file) {
    return new Hl7Rules(RuleFile.load(file, "hl7v2", p -> Hl7Path.of(p).isPresent()));
  }

  String id() {
    return file.id();
  }

  CodeSystems systems() {
    return codes.systems();
  }

  IdentityFields identity() {
    return identity;
  }

  /** "SYSTEM|code" of a public code that this site mapped its own code to. */
  Optional<String> mapped(String system, String code) {
    return codes.mapped(system, code).map(Hl7Rules::withUpperSystem);
  }

  private static String withUpperSystem(String target) {
    int bar = target.indexOf('|');
    return target.substring(0, bar).toUpperCase(Locale.ROOT) + target.substring(bar);
  }

  /** Whether the HL7 table that the rule names lists this code. */
  boolean inTable(Rule rule, String code) {
    return tables.getOrDefault(rule.option("table", ""), Set.of()).contains(code);
  }

  /** Whether a rule or the shipped list allows this text. */
  boolean allowed(Rule rule, String text) {
    return codes.allowed(rule, text);
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

  private void check(Rule rule) {
    if (rule.method() == Method.KEEP && !SHAPES.contains(rule.option("as", "code"))) {
      throw file.wrong(rule, "as", "is no known shape");
    }
    if (!Set.of("key", "drop").contains(rule.option("local", "key"))) {
      throw file.wrong(rule, "local", "must be key or drop");
    }
    if (rule.options().containsKey("table") && !tables.containsKey(rule.option("table", ""))) {
      throw file.wrong(rule, "table", "is no table of settings.tables");
    }
    if (!Set.of("patient", "merged", "number", "pair").contains(rule.option("of", "number"))) {
      throw file.wrong(rule, "of", "is not known");
    }
    String when = rule.option("when", "");
    if (!when.isEmpty()) {
      conditions.put(rule, condition(rule, when));
    }
  }

  private Condition condition(Rule rule, String when) {
    int equals = when.indexOf('=');
    Optional<Hl7Path> field = Hl7Path.of(equals < 0 ? "" : when.substring(0, equals));
    if (field.isEmpty() || !rule.path().startsWith(field.get().segment())) {
      throw file.wrong(rule, "when", "must be SEG-n=code,… of the segment");
    }
    return new Condition(field.get().from(), Set.of(when.substring(equals + 1).split(",", -1)));
  }

  private static Map<String, Set<String>> tables(RuleFile file) {
    Map<String, Set<String>> out = new HashMap<>();
    file.mapping("tables")
        .forEach((name, list) -> out.put(String.valueOf(name), file.words("tables." + name, list)));
    return Map.copyOf(out);
  }
}
