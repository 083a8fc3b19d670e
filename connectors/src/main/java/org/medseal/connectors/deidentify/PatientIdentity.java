package org.medseal.connectors.deidentify;

import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.medseal.crypto.pseudonym.PatientIdentifier;
import org.medseal.crypto.pseudonym.Pseudonym;

/**
 * One patient as identifiers.yaml orders it: the first identifier makes the in-record pseudonym and
 * the date offset, the national ones can be tagged.
 */
public record PatientIdentity(
    List<PatientIdentifier> identifiers, Pseudonym patient, List<Pseudonym> taggable) {

  public PatientIdentity {
    identifiers = List.copyOf(identifiers);
    taggable = List.copyOf(taggable);
  }

  /** What stands for the patient inside a record: 64 hexadecimal digits. */
  public static String inRecord(Pseudonym patient) {
    return HexFormat.of().formatHex(patient.documentPseudonym());
  }

  /** Collects what a message says about one patient. Not thread-safe. */
  public static final class Collector {
    private record Listed(Authority authority, PatientIdentifier identifier) {}

    private final IdentifierAuthorities authorities;
    private final FeedPolicy policy;
    private final Set<Listed> listed = new LinkedHashSet<>();
    private final Set<PatientIdentifier> unlisted = new LinkedHashSet<>();
    private final Set<PatientIdentifier> references = new LinkedHashSet<>();

    public Collector(IdentifierAuthorities authorities, FeedPolicy policy) {
      this.authorities = authorities;
      this.policy = policy;
    }

    /** A CX of HL7 v2: CX.1, the first two parts of CX.4, CX.5. */
    public void hl7(String id, String namespace, String universalId, String type) {
      if (namespace.isBlank() && universalId.isBlank()) {
        unnamed(id, type);
      } else {
        add(
            authorities.hl7(namespace, universalId, type),
            universalId.isBlank() ? namespace : universalId,
            type,
            id);
      }
    }

    /** A FHIR Identifier; {@code type} is its code of HL7 table 0203 or empty. */
    public void fhir(String system, String type, String value) {
      if (system.isBlank()) {
        unnamed(value, type);
      } else {
        add(authorities.fhirSystem(system).filter(a -> a.takes(type)), system, type, value);
      }
    }

    /** A DICOM Patient ID with its issuer and the issuer's universal entity id. */
    public void dicom(String issuer, String universalEntityId, String id) {
      if (issuer.isBlank() && universalEntityId.isBlank()) {
        unnamed(id, "");
      } else {
        add(
            authorities.dicomIssuer(issuer, universalEntityId),
            universalEntityId.isBlank() ? issuer : universalEntityId,
            "",
            id);
      }
    }

    /** A literal FHIR reference to the patient; counts only where nothing better is there. */
    public void reference(String authority, String id) {
      authorities.unlisted(authority, "RI", id).ifPresent(references::add);
    }

    private void unnamed(String id, String type) {
      add(
          policy.defaultAuthority().flatMap(authorities::named).filter(a -> a.takes(type)),
          policy.authorityOfUnnamed(),
          type,
          id);
    }

    private void add(Optional<Authority> authority, String spelled, String type, String id) {
      if (authority.isPresent()) {
        authorities
            .identifier(authority.get(), id)
            .ifPresent(i -> listed.add(new Listed(authority.get(), i)));
      } else {
        authorities.unlisted(spelled, type, id).ifPresent(unlisted::add);
      }
    }

    /** Every identifier, usable or not, to tell patients apart. */
    public Set<PatientIdentifier> all() {
      Set<PatientIdentifier> all = new LinkedHashSet<>();
      listed.forEach(l -> all.add(l.identifier()));
      all.addAll(unlisted);
      all.addAll(references);
      return all;
    }

    /** Takes over what another collector found out about the same person. */
    public void absorb(Collector other) {
      listed.addAll(other.listed);
      unlisted.addAll(other.unlisted);
      references.addAll(other.references);
    }

    /**
     * Whether both mean one person: of the authorities that both have a number of, none differs and
     * the first agrees; without such an authority an equal first unlisted number or an equal
     * literal reference. A number of another kind, such as a family's insurance number, says
     * nothing.
     */
    public boolean isSamePersonAs(Collector other) {
      Map<Integer, Set<PatientIdentifier>> mine = listedNumbers();
      Map<Integer, Set<PatientIdentifier>> theirs = other.listedNumbers();
      mine.keySet().retainAll(theirs.keySet());
      if (mine.entrySet().stream()
          .anyMatch(e -> Collections.disjoint(e.getValue(), theirs.get(e.getKey())))) {
        return false;
      }
      if (!mine.isEmpty()) {
        return true;
      }
      boolean sameNumber =
          firstUnlisted().isPresent() && firstUnlisted().equals(other.firstUnlisted());
      return sameNumber || !Collections.disjoint(references, other.references);
    }

    /**
     * Whether a number of one listed authority is the same and that of another differs: one person
     * by the first, two by the other.
     */
    public boolean contradicts(Collector other) {
      Map<Integer, Set<PatientIdentifier>> mine = listedNumbers();
      Map<Integer, Set<PatientIdentifier>> theirs = other.listedNumbers();
      mine.keySet().retainAll(theirs.keySet());
      long differing =
          mine.entrySet().stream()
              .filter(e -> Collections.disjoint(e.getValue(), theirs.get(e.getKey())))
              .count();
      return differing > 0 && differing < mine.size();
    }

    /** Whether this number is one of the patient's, whatever type it is said to be of. */
    public boolean hasNumber(String system, String value) {
      Collector one = new Collector(authorities, policy);
      one.fhir(system, "", value);
      return one.all().stream()
          .anyMatch(
              i ->
                  all().stream()
                      .anyMatch(o -> o.authority().equals(i.authority()) && o.id().equals(i.id())));
    }

    /** Usable or not, by their authority's place in identifiers.yaml. */
    public Map<Integer, Set<PatientIdentifier>> listedNumbers() {
      Map<Integer, Set<PatientIdentifier>> out = new TreeMap<>();
      listed.forEach(
          l ->
              out.computeIfAbsent(l.authority().order(), o -> new LinkedHashSet<>())
                  .add(l.identifier()));
      return out;
    }

    /** What makes two patients one who have no listed authority in common. */
    public Set<PatientIdentifier> hints() {
      Set<PatientIdentifier> hints = new LinkedHashSet<>(references);
      firstUnlisted().ifPresent(hints::add);
      return hints;
    }

    private Optional<PatientIdentifier> firstUnlisted() {
      return unlisted.stream()
          .filter(i -> PatientNumberType.isOne(i.idType()))
          .min(Comparator.comparingInt(i -> PatientNumberType.order(i.idType())));
    }

    /** Why there is no usable identity; empty if there is one. */
    public Optional<QuarantineReason> problem() {
      if (!usable().isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          unlisted.isEmpty() || policy.unlisted() == UnlistedAuthority.LOCAL
              ? QuarantineReason.NO_PATIENT_IDENTIFIER
              : QuarantineReason.UNKNOWN_AUTHORITY);
    }

    /** Call only without a {@link #problem}. */
    public PatientIdentity identity(DeidKeys keys) {
      List<PatientIdentifier> usable = usable();
      List<Pseudonym> taggable =
          usable.stream()
              .filter(authorities::national)
              .limit(DeidentifiedRecord.MAX_TAGGABLE)
              .map(keys.consortium()::pseudonym)
              .toList();
      return new PatientIdentity(usable, pseudonym(usable.get(0), keys), taggable);
    }

    private Pseudonym pseudonym(PatientIdentifier identifier, DeidKeys keys) {
      return (authorities.national(identifier) ? keys.consortium() : keys.local())
          .pseudonym(identifier);
    }

    private List<PatientIdentifier> usable() {
      Set<PatientIdentifier> usable = new LinkedHashSet<>();
      listed.stream()
          .sorted(Comparator.comparingInt(l -> l.authority().order()))
          .forEach(l -> usable.add(l.identifier()));
      boolean local = policy.unlisted() == UnlistedAuthority.LOCAL;
      if (local) {
        unlisted.stream()
            .filter(i -> PatientNumberType.isOne(i.idType()))
            .sorted(Comparator.comparingInt(i -> PatientNumberType.order(i.idType())))
            .forEach(usable::add);
      }
      if (local || !usable.isEmpty() || unlisted.isEmpty()) {
        usable.addAll(references);
      }
      return List.copyOf(usable);
    }
  }
}
