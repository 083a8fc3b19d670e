package org.medseal.connectors.deidentify.dicom;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.medseal.connectors.deidentify.Authority;
import org.medseal.connectors.deidentify.FeedPolicy;
import org.medseal.connectors.deidentify.IdentifierAuthorities;
import org.medseal.connectors.deidentify.PatientNumberType;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.deidentify.UnlistedAuthority;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.SpecificCharacterSet;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.Values;
import org.medseal.crypto.pseudonym.PatientIdentifier;

/** The patient's identifiers: (0010,0020) with its issuer, and those of (0010,1002). */
final class PatientIdentifiers {
  /** After every listed authority. */
  private static final int UNLISTED = 1_000_000;

  private record Found(int order, PatientIdentifier identifier) {}

  private final IdentifierAuthorities authorities;
  private final FeedPolicy policy;
  private final List<Found> found = new ArrayList<>();
  private boolean unknownAuthority;

  private PatientIdentifiers(IdentifierAuthorities authorities, FeedPolicy policy) {
    this.authorities = authorities;
    this.policy = policy;
  }

  /**
   * The usable ones in the order of identifiers.yaml, unlisted ones after all listed.
   *
   * @throws QuarantineException where there is none
   */
  static List<PatientIdentifier> of(
      Dataset dataset,
      SpecificCharacterSet outer,
      IdentifierAuthorities authorities,
      FeedPolicy policy) {
    PatientIdentifiers identifiers = new PatientIdentifiers(authorities, policy);
    identifiers.collect(dataset, outer);
    dataset
        .find(Tag.OTHER_PATIENT_IDS_SEQUENCE)
        .filter(Element.Sequence.class::isInstance)
        .ifPresent(
            others -> {
              SpecificCharacterSet characters = CharacterSets.in(dataset, outer, "");
              ((Element.Sequence) others)
                  .items()
                  .forEach(item -> identifiers.collect(item, characters));
            });
    return identifiers.ordered();
  }

  private void collect(Dataset dataset, SpecificCharacterSet outer) {
    SpecificCharacterSet characters = CharacterSets.in(dataset, outer, "");
    Optional<String> id =
        Values.first(dataset, Tag.PATIENT_ID, characters).filter(PatientIdentifiers::isUsable);
    if (id.isEmpty()) {
      return;
    }
    String issuer = Values.first(dataset, Tag.ISSUER_OF_PATIENT_ID, characters).orElse("");
    Optional<Dataset> qualifiers =
        dataset
            .find(Tag.ISSUER_OF_PATIENT_ID_QUALIFIERS_SEQUENCE)
            .filter(Element.Sequence.class::isInstance)
            .flatMap(sequence -> ((Element.Sequence) sequence).items().stream().findFirst());
    String universal =
        qualifiers
            .flatMap(item -> Values.first(item, Tag.UNIVERSAL_ENTITY_ID, characters))
            .orElse("");
    String type =
        qualifiers
            .flatMap(item -> Values.first(item, Tag.IDENTIFIER_TYPE_CODE, characters))
            .orElse("");
    Optional<Authority> listed =
        issuer.isEmpty() && universal.isEmpty()
            ? policy.defaultAuthority().flatMap(authorities::named)
            : authorities.dicomIssuer(issuer, universal);
    if (listed.isPresent() && takes(listed.get(), type)) {
      authorities
          .identifier(listed.get(), id.get())
          .ifPresent(identifier -> found.add(new Found(listed.get().order(), identifier)));
    } else {
      addUnlisted(universal.isEmpty() ? issuer : universal, type, id.get());
    }
  }

  /**
   * Not under a listed authority's name: a number of another type must not look like one of its.
   */
  private void addUnlisted(String spelled, String type, String id) {
    if (policy.unlisted() != UnlistedAuthority.LOCAL) {
      unknownAuthority = true;
      return;
    }
    if (!PatientNumberType.isOne(type)) {
      return;
    }
    boolean taken = !spelled.isEmpty() && authorities.named(spelled).isPresent();
    String authority = spelled.isEmpty() || taken ? policy.authorityOfUnnamed() : spelled;
    if (authorities.named(authority).isPresent()) {
      authority = "urn:medseal:feed:" + policy.feed();
    }
    authorities
        .unlisted(authority, type, id)
        .ifPresent(
            identifier ->
                found.add(new Found(UNLISTED + PatientNumberType.order(type), identifier)));
  }

  private static boolean takes(Authority authority, String type) {
    return type.isEmpty()
        || authority.types().stream().anyMatch(known -> known.equalsIgnoreCase(type));
  }

  private static boolean isUsable(String id) {
    return id.codePoints().anyMatch(Character::isLetterOrDigit) && id.indexOf('\uFFFD') < 0;
  }

  private List<PatientIdentifier> ordered() {
    found.sort(Comparator.comparingInt(Found::order));
    LinkedHashSet<PatientIdentifier> distinct = new LinkedHashSet<>();
    found.forEach(one -> distinct.add(one.identifier()));
    if (distinct.isEmpty()) {
      throw new QuarantineException(
          unknownAuthority
              ? QuarantineReason.UNKNOWN_AUTHORITY
              : QuarantineReason.NO_PATIENT_IDENTIFIER,
          unknownAuthority ? Tag.toString(Tag.ISSUER_OF_PATIENT_ID) : Tag.toString(Tag.PATIENT_ID));
    }
    return List.copyOf(distinct);
  }
}
