package org.medseal.connectors.deidentify;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.medseal.connectors.deidentify.Authority.CanonicalForm;
import org.medseal.connectors.deidentify.Authority.Check;
import org.medseal.connectors.deidentify.rules.DeidConfigException;
import org.medseal.connectors.deidentify.rules.YamlFile;
import org.medseal.crypto.pseudonym.PatientIdentifier;

/**
 * The assigning authorities of identifiers.yaml, in order of preference, found by the names under
 * which HL7 v2, FHIR and DICOM spell them. Spellings compare without case.
 */
public final class IdentifierAuthorities {

  private static final Set<String> KEYS =
      Set.of("authority", "name", "national", "types", "hl7", "fhir", "dicom", "canonical");

  private final List<Authority> ordered;
  private final Map<String, Authority> byId;
  private final Map<String, Authority> byHl7;
  private final Map<String, Authority> byFhir;
  private final Map<String, Authority> byDicom;

  private IdentifierAuthorities(
      List<Authority> ordered, Map<Spelling, Map<String, Authority>> spellings) {
    this.ordered = List.copyOf(ordered);
    this.byId = Map.copyOf(spellings.get(Spelling.ID));
    this.byHl7 = Map.copyOf(spellings.get(Spelling.HL7));
    this.byFhir = Map.copyOf(spellings.get(Spelling.FHIR));
    this.byDicom = Map.copyOf(spellings.get(Spelling.DICOM));
  }

  private enum Spelling {
    ID,
    HL7,
    FHIR,
    DICOM
  }

  /** Reads and checks identifiers.yaml; DeidConfigException names file, line and key. */
  public static IdentifierAuthorities load(Path identifiersYaml) {
    YamlFile file = YamlFile.read(identifiersYaml);
    file.root()
        .forEach(
            (key, entry) -> {
              if (!key.equals("authorities")) {
                throw new DeidConfigException(identifiersYaml, entry.line(), key, "is not known");
              }
            });
    List<Authority> ordered = new ArrayList<>();
    Map<Spelling, Map<String, Authority>> spellings = new HashMap<>();
    for (Spelling spelling : Spelling.values()) {
      spellings.put(spelling, new HashMap<>());
    }
    for (Map<String, YamlFile.Entry> entry : file.list("authorities")) {
      Reader reader = new Reader(identifiersYaml, entry);
      Authority authority = reader.authority(ordered.size());
      ordered.add(authority);
      reader.spell(spellings, authority);
    }
    return new IdentifierAuthorities(ordered, spellings);
  }

  public List<Authority> ordered() {
    return ordered;
  }

  /** By the id under which identifiers.yaml lists it, or any of its spellings. */
  public Optional<Authority> named(String name) {
    String key = key(name);
    for (Map<String, Authority> map : List.of(byId, byHl7, byFhir, byDicom)) {
      if (map.containsKey(key)) {
        return Optional.of(map.get(key));
      }
    }
    return Optional.empty();
  }

  /**
   * By the components of CX.4 and the type of CX.5. A universal id that names an authority decides;
   * the namespace counts only beside an unknown or absent one. A type the authority does not list
   * means another kind of number: not found.
   */
  public Optional<Authority> hl7(String namespace, String universalId, String type) {
    Authority found = byHl7.get(key(universalId));
    if (found == null) {
      found = byHl7.get(key(namespace));
    }
    return Optional.ofNullable(found).filter(a -> a.takes(type));
  }

  /** By Identifier.system. */
  public Optional<Authority> fhirSystem(String uri) {
    return Optional.ofNullable(byFhir.get(key(uri)));
  }

  /** By Issuer of Patient ID (0010,0021), else the Universal Entity ID of (0010,0024). */
  public Optional<Authority> dicomIssuer(String issuer, String universalEntityId) {
    Authority found = byDicom.get(key(universalEntityId));
    return Optional.ofNullable(found != null ? found : byDicom.get(key(issuer)));
  }

  public Optional<Authority> dicomIssuer(String issuer) {
    return dicomIssuer(issuer, "");
  }

  /**
   * The identifier as pseudonyms take it, whoever spells it: for a listed authority its own
   * canonical form and type, else the authority as spelled. Empty if no id is left.
   */
  public Optional<PatientIdentifier> identifier(String authority, String type, String id) {
    return named(authority)
        .filter(a -> a.takes(type))
        .map(a -> identifier(a, id))
        .orElseGet(() -> unlisted(authority, type, id));
  }

  public Optional<PatientIdentifier> identifier(Authority authority, String id) {
    return authority
        .canonical(id)
        .map(canonical -> new PatientIdentifier(authority.id(), authority.idType(), canonical));
  }

  /** A local identifier under an authority that is not listed; no separators are stripped. */
  public Optional<PatientIdentifier> unlisted(String authority, String type, String id) {
    return CanonicalForm.PLAIN
        .apply(id)
        .map(
            canonical ->
                new PatientIdentifier(
                    Normalizer.normalize(authority, Normalizer.Form.NFKC).strip(),
                    type.strip().toUpperCase(Locale.ROOT),
                    canonical));
  }

  /** False also for a number of another type under a national authority's name. */
  public boolean national(PatientIdentifier identifier) {
    Authority authority = byId.get(key(identifier.authority()));
    return authority != null
        && authority.national()
        && authority.idType().equals(identifier.idType());
  }

  private static String key(String spelling) {
    String key =
        Normalizer.normalize(spelling, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
    return key.startsWith("urn:oid:") ? key.substring("urn:oid:".length()) : key;
  }

  /** One entry of the file. */
  private record Reader(Path file, Map<String, YamlFile.Entry> entry) {

    Authority authority(int order) {
      entry.forEach(
          (key, value) -> {
            if (!KEYS.contains(key)) {
              throw new DeidConfigException(file, value.line(), key, "is not known");
            }
          });
      List<String> types =
          texts("types").stream().map(t -> t.strip().toUpperCase(Locale.ROOT)).toList();
      if (types.isEmpty()) {
        throw error("types", "must name at least one identifier type");
      }
      if (!(value("national") instanceof Boolean national)) {
        throw error("national", "must be true or false");
      }
      String id = text("authority");
      String name = value("name") instanceof String given && !given.isBlank() ? given.strip() : id;
      return new Authority(id, name, national, order, types, form());
    }

    private CanonicalForm form() {
      if (!(value("canonical") instanceof Map<?, ?> map)) {
        if (value("canonical") == null) {
          return CanonicalForm.PLAIN;
        }
        throw error("canonical", "must be a mapping");
      }
      for (Object key : map.keySet()) {
        if (!Set.of("separators", "leadingZeros", "check").contains(key)) {
          throw error("canonical." + key, "is not known");
        }
      }
      boolean strip =
          switch (String.valueOf(
              map.containsKey("leadingZeros") ? map.get("leadingZeros") : "keep")) {
            case "keep" -> false;
            case "strip" -> true;
            default -> throw error("canonical.leadingZeros", "must be keep or strip");
          };
      Check check =
          switch (String.valueOf(map.containsKey("check") ? map.get("check") : "none")) {
            case "none" -> Check.NONE;
            case "gb11643" -> Check.GB11643;
            case "ssn" -> Check.SSN;
            default -> throw error("canonical.check", "must be none, gb11643 or ssn");
          };
      Object separators = map.get("separators");
      return new CanonicalForm(separators == null ? "" : String.valueOf(separators), strip, check);
    }

    void spell(Map<Spelling, Map<String, Authority>> spellings, Authority authority) {
      add(spellings.get(Spelling.ID), "authority", authority.id(), authority);
      for (Spelling spelling : List.of(Spelling.HL7, Spelling.FHIR, Spelling.DICOM)) {
        Map<String, Authority> map = spellings.get(spelling);
        add(map, "authority", authority.id(), authority);
        String key = spelling.name().toLowerCase(Locale.ROOT);
        for (String name : texts(key)) {
          if (!key(name).equals(key(authority.id()))) {
            add(map, key, name, authority);
          }
        }
      }
    }

    private void add(Map<String, Authority> map, String key, String name, Authority authority) {
      if (map.put(key(name), authority) != null) {
        throw error(key, "names an authority that another entry or spelling names already");
      }
    }

    private Object value(String key) {
      return entry.containsKey(key) ? entry.get(key).value() : null;
    }

    private String text(String key) {
      if (value(key) instanceof String text && !text.isBlank()) {
        return text.strip();
      }
      throw error(key, "must be text");
    }

    private List<String> texts(String key) {
      Object value = value(key);
      if (value == null) {
        return List.of();
      }
      if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
        return list.stream().map(String.class::cast).toList();
      }
      throw error(key, "must be a list of texts");
    }

    private DeidConfigException error(String key, String problem) {
      int line =
          entry.containsKey(key)
              ? entry.get(key).line()
              : entry.values().stream().mapToInt(YamlFile.Entry::line).min().orElse(1);
      return new DeidConfigException(file, line, key, problem);
    }
  }
}
