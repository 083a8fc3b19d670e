package org.medseal.connectors.deidentify.hl7;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
      Set.of(
          "as",
          "of",
          "purpose",
          "value",
          "values",
          "numbers",
          "when",
          "local",
          "table",
          "vocabulary");
  private static final Set<String> SETTINGS =
      Set.of("codeSystems", "localCodes", "identity", "vocabulary", "tables");
  private static final Set<String> SHAPES =
      Set.of(
          "code",
          "number",
          "numbers",
          "result",
          "structured",
          "quantity",
          "range",
          "unit",
          "time",
          "messageType",
          "version",
          "specimen");

  private static final String OTHER_SEGMENT = "???";
  private static final String OTHER_Z_SEGMENT = "ZZZ";

  private record Placed(Hl7Path path, Rule rule) {}

  private record Place(String segment, int field, String valueType) {}

  /**
   * What the rules tell apart. All other segments, fields and value types count as one, so that
   * hostile messages do not fill the cache.
   *
   * @param lastField the last one that a path ends or begins with
   */
  private record Named(Set<String> segments, int lastField, Set<String> valueTypes) {
    static Named by(List<Placed> placed) {
      Set<String> segments = new HashSet<>();
      Set<String> valueTypes = new HashSet<>();
      int last = 0;
      for (Placed each : placed) {
        Hl7Path path = each.path();
        segments.add(path.segment());
        valueTypes.addAll(path.valueTypes());
        last = Math.max(last, path.to() < Hl7Path.LAST ? path.to() : path.from());
      }
      return new Named(segments, last, valueTypes);
    }

    Place place(String name, int field, String valueType) {
      String segment =
          segments.contains(name) ? name : name.startsWith("Z") ? OTHER_Z_SEGMENT : OTHER_SEGMENT;
      int within = field > Hl7Path.LAST ? Hl7Path.LAST + 1 : Math.min(field, lastField + 1);
      return new Place(segment, within, valueTypes.contains(valueType) ? valueType : "");
    }
  }

  /** A rule's {@code when: OBX-3=21112-8,56799-0}. */
  private record Condition(int field, Set<String> codes) {
    boolean holds(Segment segment) {
      Field.Repetition value = segment.field(field).first();
      return codes.contains(value.text(1)) || codes.contains(value.text(4));
    }
  }

  /** A rule for a place, held under its condition, if it has one. */
  private record Candidate(Optional<Rule> rule, Optional<Condition> condition) {}

  private final RuleFile file;
  private final List<Placed> placed = new ArrayList<>();
  private final KnownCodes codes;
  private final IdentityFields identity;
  private final Map<String, Set<String>> tables;
  private final Map<Rule, Condition> conditions = new HashMap<>();
  private final Named named;
  private final Map<Place, List<Candidate>> cache = new ConcurrentHashMap<>();

  private Hl7Rules(RuleFile file) {
    this.file = file;
    file.requireOptionsOf(OPTIONS);
    file.requireSettingsOf(SETTINGS);
    this.tables = tables(file);
    for (Rule rule : file.rules()) {
      check(rule);
      placed.add(new Placed(Hl7Path.of(rule.path()).orElseThrow(), rule));
    }
    this.named = Named.by(placed);
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
    Place place = named.place(segment.name(), field, valueType);
    List<Candidate> known = cache.get(place); // computeIfAbsent would lock
    List<Candidate> candidates =
        known != null ? known : cache.computeIfAbsent(place, this::rulesFor);
    for (Candidate each : candidates) {
      if (each.condition().isEmpty() || each.condition().get().holds(segment)) {
        return each.rule();
      }
    }
    return Optional.empty();
  }

  private List<Candidate> rulesFor(Place place) {
    return placed.stream()
        .filter(r -> r.path().matches(place.segment(), place.field(), place.valueType()))
        .map(Placed::rule)
        .map(r -> new Candidate(Optional.of(r), Optional.ofNullable(conditions.get(r))))
        .toList();
  }

  /** How many places are remembered, for whoever counts memory. */
  int remembered() {
    return cache.size();
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
