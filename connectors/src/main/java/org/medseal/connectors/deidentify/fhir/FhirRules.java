package org.medseal.connectors.deidentify.fhir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hl7.fhir.r4.model.Base;
import org.medseal.connectors.deidentify.CodeSystems;
import org.medseal.connectors.deidentify.KnownCodes;
import org.medseal.connectors.deidentify.rules.Rule;
import org.medseal.connectors.deidentify.rules.RuleFile;

/** The checked rules and settings of config/deid/fhir.yaml. */
final class FhirRules {

  private static final Set<String> OPTIONS =
      Set.of("as", "of", "purpose", "value", "values", "numbers", "vocabulary");
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

  /** Far above what real resources have. */
  static final int MOST_PLACES = 20_000;

  private final RuleFile file;
  private final List<Placed> placed = new ArrayList<>();
  private final Set<String> resources;
  private final KnownCodes codes;
  private final Set<String> extensions;
  private final Map<Place, List<Placed>> cache = new ConcurrentHashMap<>();

  private FhirRules(RuleFile file) {
    this.file = file;
    file.requireOptionsOf(OPTIONS);
    file.requireSettingsOf(SETTINGS);
    for (Rule rule : file.rules()) {
      check(rule);
      placed.add(new Placed(ElementPath.of(rule.path()).orElseThrow(), rule));
    }
    this.resources = file.texts("resources");
    for (String type : resources) {
      if (!FhirTypes.isResource(type)) {
        throw file.wrong("resources." + type, "is no R4 resource");
      }
    }
    this.codes = KnownCodes.of(file);
    this.extensions = file.texts("extensions");
  }

  static FhirRules load(Path file) {
    return new FhirRules(RuleFile.load(file, "fhir", p -> ElementPath.of(p).isPresent()));
  }

  String id() {
    return file.id();
  }

  CodeSystems systems() {
    return codes.systems();
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
    return codes.mapped(system, code);
  }

  boolean allowed(Rule rule, String text) {
    return codes.allowed(rule, text);
  }

  /** The first rule for a node; empty means drop. */
  Optional<Rule> ruleFor(String path, String inType, String type, Base resource) {
    Place place = new Place(path, inType, type);
    List<Placed> known = cache.get(place); // computeIfAbsent would lock
    for (Placed candidate : known != null ? known : candidates(place)) {
      if (!candidate.path().conditional() || candidate.path().holds(resource)) {
        return Optional.of(candidate.rule());
      }
    }
    return Optional.empty();
  }

  /** Elements nest without end, so hostile resources have places without number. */
  private List<Placed> candidates(Place place) {
    List<Placed> found =
        placed.stream()
            .filter(
                r -> r.path().matches(place.path(), place.typed(), place.inType(), place.type()))
            .toList();
    if (cache.size() < MOST_PLACES) {
      cache.put(place, found);
    }
    return found;
  }

  /** How many places are remembered, for whoever counts memory. */
  int remembered() {
    return cache.size();
  }

  private void check(Rule rule) {
    if (!SHAPES.contains(rule.option("as", "plain"))) {
      throw file.wrong(rule, "as", "is no known shape");
    }
    if (!Set.of("patient", "number").contains(rule.option("of", "number"))) {
      throw file.wrong(rule, "of", "must be patient or number");
    }
  }
}
