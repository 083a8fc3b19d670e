package org.medseal.connectors.deidentify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.medseal.connectors.deidentify.rules.Rule;
import org.medseal.connectors.deidentify.rules.RuleFile;

/**
 * What a rule file says may stay of codes and texts: public code systems ({@code codeSystems}),
 * public codes for a site's own ({@code localCodes}), texts ({@code vocabulary}).
 */
public final class KnownCodes {
  private final CodeSystems systems;
  private final Map<String, String> localCodes;
  private final Set<String> vocabulary;

  private KnownCodes(CodeSystems systems, Map<String, String> local, Set<String> vocabulary) {
    this.systems = systems;
    this.localCodes = local;
    this.vocabulary = vocabulary;
  }

  /** DeidConfigException for a setting of unknown form. */
  public static KnownCodes of(RuleFile file) {
    CodeSystems systems;
    try {
      systems = new CodeSystems(file.mapping("codeSystems"));
    } catch (IllegalArgumentException e) {
      throw file.wrong("codeSystems." + e.getMessage(), "has no known form");
    }
    Object words = file.settings().getOrDefault("vocabulary", List.of());
    return new KnownCodes(systems, localCodes(file, systems), file.words("vocabulary", words));
  }

  private static Map<String, String> localCodes(RuleFile file, CodeSystems systems) {
    Map<String, String> out = new HashMap<>();
    file.mapping("localCodes")
        .forEach(
            (from, to) -> {
              String[] target = String.valueOf(to).split("\\|", 2);
              if (target.length != 2 || !systems.isPublic(target[0], target[1])) {
                throw file.wrong(
                    "localCodes." + from, "must map to SYSTEM|code of a public system");
              }
              out.put(String.valueOf(from), String.valueOf(to));
            });
    return Map.copyOf(out);
  }

  public CodeSystems systems() {
    return systems;
  }

  /** "system|code" of a public code that this site mapped its own code to. */
  public Optional<String> mapped(String system, String code) {
    return Optional.ofNullable(localCodes.get(system + "|" + code));
  }

  /** Whether the rule's own values, or else the file's vocabulary, allow this text. */
  public boolean allowed(Rule rule, String text) {
    if (rule.options().get("values") instanceof List<?> values) {
      return values.stream().anyMatch(v -> String.valueOf(v).equalsIgnoreCase(text));
    }
    return vocabulary.contains(text);
  }
}
