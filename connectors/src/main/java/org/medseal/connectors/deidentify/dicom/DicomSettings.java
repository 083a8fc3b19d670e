package org.medseal.connectors.deidentify.dicom;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.medseal.connectors.deidentify.rules.DeidConfigException;
import org.medseal.connectors.deidentify.rules.YamlFile;

/**
 * The settings of dicom.yaml.
 *
 * @param identity attributes whose values the residual scan looks for
 * @param droppedConcepts content items left out, as {@code DCM 121031}
 * @param classesWithoutPatient SOP classes of what is no record of a patient
 */
record DicomSettings(
    Set<ProfileOption> options,
    int ageBandYears,
    int oldestAge,
    Map<String, Set<String>> vocabularies,
    Set<String> codingSchemes,
    Set<String> droppedConcepts,
    Set<String> classesWithoutPatient,
    ImageComments imageComments,
    Map<IdentityKind, Set<Integer>> identity,
    BurnedIn burnedIn) {

  private static final Set<String> KEYS =
      Set.of(
          "options",
          "ageBandYears",
          "oldestAge",
          "vocabularies",
          "codingSchemes",
          "droppedConcepts",
          "classesWithoutPatient",
          "imageComments",
          "identity",
          "burnedIn");

  /** How the residual scan takes a value. */
  enum IdentityKind {
    PERSON,
    ID,
    PHONE,
    PLACE,
    BIRTH_DATE
  }

  /** Reads the settings of a file whose rules are already checked. */
  static DicomSettings of(Path file, Map<String, Object> settings) {
    int line =
        YamlFile.read(file).root().entrySet().stream()
            .filter(entry -> entry.getKey().equals("settings"))
            .map(entry -> entry.getValue().line())
            .findFirst()
            .orElse(1);
    return new Reader(file, line, settings).read();
  }

  private record Reader(Path file, int line, Map<String, Object> settings) {
    DicomSettings read() {
      for (String key : settings.keySet()) {
        if (!KEYS.contains(key)) {
          throw error(key, "is not known");
        }
      }
      return new DicomSettings(
          options(),
          number("ageBandYears", 1, 20),
          number("oldestAge", 60, 90),
          vocabularies(),
          Set.copyOf(texts("codingSchemes", settings.get("codingSchemes"))),
          Set.copyOf(texts("droppedConcepts", settings.get("droppedConcepts"))),
          Set.copyOf(texts("classesWithoutPatient", settings.get("classesWithoutPatient"))),
          new ImageComments(texts("imageComments", settings.get("imageComments"))),
          identity(),
          burnedIn());
    }

    private Set<ProfileOption> options() {
      Set<ProfileOption> chosen = EnumSet.noneOf(ProfileOption.class);
      for (String spelled : texts("options", settings.get("options"))) {
        chosen.add(
            ProfileOption.spelled(spelled)
                .orElseThrow(
                    () -> error("options: " + spelled, "is no option that can be had here")));
      }
      return chosen;
    }

    private int number(String key, int least, int most) {
      String text = String.valueOf(settings.get(key));
      if (!text.matches("\\d{1,3}")
          || Integer.parseInt(text) < least
          || Integer.parseInt(text) > most) {
        throw error(key, "must be a number from " + least + " to " + most);
      }
      return Integer.parseInt(text);
    }

    private Map<String, Set<String>> vocabularies() {
      Map<String, Set<String>> all = new java.util.HashMap<>();
      mapping("vocabularies", settings.get("vocabularies"))
          .forEach(
              (name, words) -> {
                Set<String> folded = new HashSet<>();
                for (String word : texts("vocabularies." + name, words)) {
                  folded.add(word.toLowerCase(Locale.ROOT));
                }
                all.put(String.valueOf(name), Set.copyOf(folded));
              });
      return Map.copyOf(all);
    }

    private Map<IdentityKind, Set<Integer>> identity() {
      Map<IdentityKind, Set<Integer>> all = new EnumMap<>(IdentityKind.class);
      Map<?, ?> given = mapping("identity", settings.get("identity"));
      for (Object key : given.keySet()) {
        IdentityKind kind = kind(String.valueOf(key));
        Set<Integer> tags = new HashSet<>();
        for (String path : texts("identity." + key, given.get(key))) {
          tags.add(
              RulePath.exactTag(path)
                  .orElseThrow(() -> error("identity." + key, "names an unknown attribute")));
        }
        all.put(kind, Set.copyOf(tags));
      }
      return Map.copyOf(all);
    }

    private IdentityKind kind(String key) {
      return switch (key) {
        case "person" -> IdentityKind.PERSON;
        case "id" -> IdentityKind.ID;
        case "phone" -> IdentityKind.PHONE;
        case "place" -> IdentityKind.PLACE;
        case "birthDate" -> IdentityKind.BIRTH_DATE;
        default -> throw error("identity." + key, "is not known");
      };
    }

    private BurnedIn burnedIn() {
      return new BurnedInSettings(mapping("burnedIn", settings.get("burnedIn")), this::error)
          .read();
    }

    private Map<?, ?> mapping(String key, Object value) {
      if (value instanceof Map<?, ?> map) {
        return map;
      }
      throw error(key, "must be a mapping");
    }

    private List<String> texts(String key, Object value) {
      if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
        return list.stream().map(String.class::cast).toList();
      }
      throw error(key, "must be a list of texts");
    }

    private DeidConfigException error(String key, String problem) {
      return new DeidConfigException(file, line, "settings." + key, problem);
    }
  }
}
