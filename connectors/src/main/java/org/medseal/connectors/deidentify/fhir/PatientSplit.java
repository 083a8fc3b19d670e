package org.medseal.connectors.deidentify.fhir;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.medseal.connectors.deidentify.FeedPolicy;
import org.medseal.connectors.deidentify.IdentifierAuthorities;
import org.medseal.connectors.deidentify.PatientIdentity;

/**
 * Splits a message by patient: each Patient and what its compartment holds, and resources about
 * nobody (a Medication) with those that refer to them.
 */
final class PatientSplit {

  /** Elements that say whom a resource is about; only without them any reference counts. */
  private static final List<String> ABOUT =
      List.of("subject", "patient", "beneficiary", "for", "individual", "candidate");

  /** Elements that name the stay a resource belongs to. */
  private static final List<String> STAY = List.of("encounter", "context");

  private static final String SELF = "self:";
  private static final String SEARCH = "Patient?identifier=";

  private final Entries entries;
  private final FhirRules rules;
  private final IdentifierAuthorities authorities;
  private final FeedPolicy policy;
  private final Map<String, PatientGroup> groups = new LinkedHashMap<>();

  private PatientSplit(
      Entries entries, FhirRules rules, IdentifierAuthorities authorities, FeedPolicy policy) {
    this.entries = entries;
    this.rules = rules;
    this.authorities = authorities;
    this.policy = policy;
  }

  /** Empty where it cannot be told whose something is. */
  static Optional<List<PatientGroup>> of(
      Entries entries, FhirRules rules, IdentifierAuthorities authorities, FeedPolicy policy) {
    PatientSplit split = new PatientSplit(entries, rules, authorities, policy);
    split.assign();
    return Persons.of(List.copyOf(split.groups.values()));
  }

  private void assign() {
    Set<Entries.Entry> neutral = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Entries.Entry entry : entries.all()) {
      Set<String> patients = patients(entry);
      if (!rules.keeps(entry.resource().fhirType())) {
        continue;
      }
      if (patients.isEmpty()) {
        neutral.add(entry);
      }
      patients.forEach(key -> groups.get(key).entries().add(entry));
    }
    groups.values().removeIf(g -> g.entries().isEmpty());
    groups.values().forEach(g -> addReferenced(g, neutral));
  }

  /**
   * Where a resource should say whom it is about and does not: a required element is missing, or
   * nothing but a name stands there. Empty for what may be about nobody.
   */
  static Optional<String> nobodyNamed(Resource resource, FhirRules rules) {
    if (!rules.keeps(resource.fhirType())) {
      return Optional.empty();
    }
    for (String name : ABOUT) {
      List<Base> values = FhirTree.values(resource, name);
      boolean missing = values.isEmpty() && FhirTypes.isRequired(resource, name);
      if (missing || values.stream().anyMatch(v -> v instanceof Reference r && saysNobody(r))) {
        return Optional.of(resource.fhirType() + "." + name);
      }
    }
    return Optional.empty();
  }

  private static boolean saysNobody(Reference reference) {
    boolean other = reference.hasType() && !reference.getType().endsWith("Patient");
    return FhirTree.reference(reference).isEmpty() && !reference.hasIdentifier() && !other;
  }

  /** The element that says whom a resource is about, for a place to look at. */
  static String about(Resource resource) {
    return ABOUT.stream()
        .filter(name -> !FhirTree.values(resource, name).isEmpty())
        .findFirst()
        .orElse("subject");
  }

  /** The keys of the patients an entry is about; makes their groups. */
  private Set<String> patients(Entries.Entry entry) {
    Set<String> keys = new LinkedHashSet<>();
    if (entry.resource() instanceof Patient patient) {
      group(entry.key()).ifPresent(g -> identify(g, entry, patient));
      keys.add(entry.key());
      return keys;
    }
    boolean silent = true;
    for (String name : ABOUT) {
      for (Base value : FhirTree.values(entry.resource(), name)) {
        silent = false;
        if (value instanceof Reference reference) {
          key(entry, reference, true).ifPresent(keys::add);
        }
      }
    }
    if (silent) {
      keys.addAll(ofTheStay(entry));
    }
    if (keys.isEmpty()) {
      for (Reference reference : entry.references()) {
        key(entry, reference, false).ifPresent(keys::add);
      }
    }
    return keys;
  }

  /** The patients of the stay an entry names: what was seen in it is about them. */
  private Set<String> ofTheStay(Entries.Entry entry) {
    Set<String> keys = new LinkedHashSet<>();
    for (String name : STAY) {
      for (Base value : FhirTree.values(entry.resource(), name)) {
        if (value instanceof Reference reference) {
          entries
              .key(entry, reference)
              .flatMap(entries::at)
              .filter(stay -> stay.resource() instanceof Encounter)
              .ifPresent(stay -> keys.addAll(patients(stay)));
        }
      }
    }
    return keys;
  }

  private Optional<String> key(Entries.Entry from, Reference reference, boolean about) {
    Optional<Resource> contained = Entries.contained(from, reference);
    if (contained.isPresent()) {
      if (!(contained.get() instanceof Patient patient)) {
        return Optional.empty();
      }
      String key = SELF + from.key() + FhirTree.reference(reference);
      group(key)
          .ifPresent(
              g -> {
                patient.getIdentifier().forEach(i -> identifier(g, i));
                contained(g, from, reference);
              });
      return Optional.of(key);
    }
    Optional<String> literal = entries.key(from, reference);
    if (literal.isPresent()) {
      String type = entries.type(literal.get(), reference);
      boolean patient = type.equals("Patient") || (about && type.isEmpty());
      if (patient) {
        group(literal.get())
            .ifPresent(
                g -> {
                  literal(g, literal.get());
                  if (reference.hasIdentifier()) {
                    identifier(g, reference.getIdentifier());
                  }
                });
      }
      return patient ? literal : Optional.empty();
    }
    return logical(reference, about);
  }

  /** Without a number of its own a contained patient is known by its place in its container. */
  private void contained(PatientGroup group, Entries.Entry from, Reference reference) {
    if (!FhirTree.id(from.resource()).isEmpty()) {
      literal(group, from.key() + FhirTree.reference(reference));
    }
  }

  private Optional<String> logical(Reference reference, boolean about) {
    boolean named =
        FhirTree.reference(reference).startsWith(SEARCH)
            || "Patient".equals(reference.getType())
            || (about && !reference.hasType());
    Optional<Identifier> found = named ? searched(reference) : Optional.empty();
    return found.map(
        identifier -> {
          String key = SELF + identifier.getSystem() + "|" + identifier.getValue();
          group(key).ifPresent(g -> identifier(g, identifier));
          return key;
        });
  }

  /** The identifier of a reference by identifier, or by a search for one. */
  static Optional<Identifier> searched(Reference reference) {
    String text = FhirTree.reference(reference);
    if (!text.startsWith(SEARCH)) {
      return text.isEmpty() && reference.getIdentifier().hasValue()
          ? Optional.of(reference.getIdentifier())
          : Optional.empty();
    }
    String[] parts =
        java.net.URLDecoder.decode(
                text.substring(SEARCH.length()), java.nio.charset.StandardCharsets.UTF_8)
            .split("\\|", 2);
    Identifier identifier = new Identifier().setValue(parts[parts.length - 1]);
    identifier.setSystem(parts.length == 2 ? parts[0] : null);
    return Optional.of(identifier);
  }

  /** The group of a key; present only when it is new, so that it is identified once. */
  private Optional<PatientGroup> group(String key) {
    Optional<Entries.Entry> entry = entries.at(key);
    if (groups.containsKey(key)) {
      return Optional.empty();
    }
    PatientGroup made = new PatientGroup(key, new PatientIdentity.Collector(authorities, policy));
    groups.put(key, made);
    if (entry.isPresent() && entry.get().resource() instanceof Patient patient) {
      identify(made, entry.get(), patient);
      return Optional.empty();
    }
    return Optional.of(made);
  }

  private void identify(PatientGroup group, Entries.Entry entry, Patient patient) {
    patient.getIdentifier().forEach(i -> identifier(group, i));
    String id = FhirTree.id(patient);
    if (entry.base().isEmpty() && !id.isEmpty()) {
      group.identity().reference(policy.authorityOfReferences(), id);
    } else if (!entry.key().contains("/#")) {
      literal(group, entry.key());
    }
  }

  private void identifier(PatientGroup group, Identifier identifier) {
    if (!identifier.hasValue()) {
      return;
    }
    String type =
        identifier.getType().getCoding().stream()
            .filter(c -> c.hasCode() && c.hasSystem() && c.getSystem().endsWith("v2-0203"))
            .map(c -> c.getCode())
            .findFirst()
            .orElse("");
    String system = identifier.getSystem() == null ? "" : identifier.getSystem();
    group.identity().fhir(system, type, identifier.getValue());
  }

  private void literal(PatientGroup group, String key) {
    int at = key.lastIndexOf("Patient/");
    if (key.startsWith("urn:") || at < 0) {
      group.identity().reference(policy.authorityOfReferences(), key);
    } else if (at == 0) {
      group
          .identity()
          .reference(policy.authorityOfReferences(), key.substring("Patient/".length()));
    } else {
      group.identity().reference(key.substring(0, at - 1), key.substring(at + "Patient/".length()));
    }
  }

  private void addReferenced(PatientGroup group, Set<Entries.Entry> neutral) {
    Deque<Entries.Entry> open = new ArrayDeque<>(group.entries());
    while (!open.isEmpty()) {
      Entries.Entry from = open.poll();
      for (Reference reference : from.references()) {
        Optional<Entries.Entry> target = entries.key(from, reference).flatMap(entries::at);
        if (target.isPresent()
            && neutral.contains(target.get())
            && group.entries().add(target.get())) {
          open.add(target.get());
        }
      }
    }
  }
}
