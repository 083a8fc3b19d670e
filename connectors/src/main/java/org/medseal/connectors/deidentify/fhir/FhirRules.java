package org.medseal.connectors.deidentify.fhir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.hl7.fhir.r4.model.Base;
import org.medseal.connectors.deidentify.CodeSystems;
import org.medseal.connectors.deidentify.rules.DeidConfigException;
import org.medseal.connectors.deidentify.rules.Rule;
import org.medseal.connectors.deidentify.rules.RuleSet;

/** The checked rules and settings of config/deid/fhir.yaml. */
final class FhirRules {

  private static final Set<String> OPTIONS =
      Set.of("as", "of", "purpose", "value", "values", "numbers");
  private static final Set<String> SETTINGS =
      Set.of("resources", "codeSystems", "localCodes", "vocabulary", "extensions");
  private static final Set<String> SHAPES = Set.of("plain", "unit", "range", "samples");

  private record Placed(ElementPath path, Rule rule) {}

  private record Place(String path, String inType, String type) {
    /** A choice element's name as instances spell it: valueString. */
    String typed() {
      return path + Character.toUpperCase(type.charAt(0)) + type.substring(1);
    }
  }

  private final RuleSet rules;
  private final List<Placed> placed = new ArrayList<>();
  private final Set<String> resources;
  private final CodeSystems systems;
  private final Map<String, String> localCodes;
  private final Set<String> vocabulary;
  private final Set<String> extensions;
  private final Map<Place, List<Placed>> cache = new ConcurrentHashMap<>();

  private FhirRules(Path file, RuleSet rules) {
    this.rules = rules;
    for (Rule rule : rules.rules()) {
      check(file, rule);
      placed.add(new Placed(ElementPath.of(rule.path()).orElseThrow(), rule));
    }
    for (String key : rules.settings().keySet()) {
      if (!SETTINGS.contains(key)) {
        throw new DeidConfigException(file, 0, key, "is no known setting");
      }
    }
    this.resources = texts(file, "resources");
    for (String type : resources) {
      if (!FhirTypes.isResource(type)) {
        throw new DeidConfigException(file, 0, "resources." + type, "is no R4 resource");
      }
    }
    try {
      this.systems = new CodeSystems(mapping(file, "codeSystems"));
    } catch (IllegalArgumentException e) {
      throw new DeidConfigException(file, 0, "codeSystems." + e.getMessage(), "has no known form");
    }
    this.localCodes = localCodes(file);
    this.vocabulary = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    this.vocabulary.addAll(texts(file, "vocabulary"));
    this.extensions = texts(file, "extensions");
  }

  static FhirRules load(Path file) {
    RuleSet rules = RuleSet.load(file, p -> ElementPath.of(p).isPresent());
    if (!rules.format().equals("fhir")) {
      throw new DeidConfigException(file, 0, "format", "must be fhir");
    }
    return new FhirRules(file, rules);
  }

  String id() {
    return rules.id();
  }

  CodeSystems systems() {
    return systems;
  }

  /** Whether resources of this type may be part of a record. */
  boolean keeps(String resourceType) {
    return resources.contains(resourceType);
  }

  boolean keepsExtension(String url) {
    return extensions.contains(url);
  }

  /** "system|code" of a public code that this site mapped its own code to. */
  Optional<String> mapped(String system, String code) {
    return Optional.ofNullable(localCodes.get(system + "|" + code));
  }

  boolean allowed(Rule rule, String text) {
    Object own = rule.options().get("values");
    if (own instanceof List<?> values) {
      return values.stream().anyMatch(v -> String.valueOf(v).equalsIgnoreCase(text));
    }
    return vocabulary.contains(text);
  }

  /** The first rule for a node; empty means drop. */
  Optional<Rule> ruleFor(String path, String inType, String type, Base resource) {
    List<Placed> candidates =
        cache.computeIfAbsent(
            new Place(path, inType, type),
            p ->
                placed.stream()
                    .filter(r -> r.path().matches(p.path(), p.typed(), p.inType(), p.type()))
                    .toList());
    for (Placed candidate : candidates) {
      if (!candidate.path().conditional() || candidate.path().holds(resource)) {
        return Optional.of(candidate.rule());
      }
    }
    return Optional.empty();
  }

  private static void check(Path file, Rule rule) {
    for (String option : rule.options().keySet()) {
      if (!OPTIONS.contains(option)) {
        throw new DeidConfigException(file, rule.line(), option, "is no known option");
      }
    }
    if (!SHAPES.contains(rule.option("as", "plain"))) {
      throw new DeidConfigException(file, rule.line(), "as", "is no known shape");
    }
    if (!Set.of("patient", "number").contains(rule.option("of", "number"))) {
      throw new DeidConfigException(file, rule.line(), "of", "must be patient or number");
    }
  }

  private Map<?, ?> mapping(Path file, String key) {
    if (rules.settings().getOrDefault(key, Map.of()) instanceof Map<?, ?> map) {
      return map;
    }
    throw new DeidConfigException(file, 0, key, "must be a mapping");
  }

  private Set<String> texts(Path file, String key) {
    if (rules.settings().getOrDefault(key, List.of()) instanceof List<?> list) {
      Set<String> out = new HashSet<>();
      list.forEach(item -> out.add(String.valueOf(item)));
      return out;
    }
    throw new DeidConfigException(file, 0, key, "must be a list");
  }

  private Map<String, String> localCodes(Path file) {
    Map<String, String> out = new java.util.HashMap<>();
    mapping(file, "localCodes")
        .forEach(
            (from, to) -> {
              String[] target = String.valueOf(to).split("\\|", 2);
              if (target.length != 2 || !systems.isPublic(target[0], target[1])) {
                throw new DeidConfigException(
                    file, 0, "localCodes." + from, "must map to SYSTEM|code of a public system");
              }
              out.put(String.valueOf(from), String.valueOf(to));
            });
    return Map.copyOf(out);
  }
}
