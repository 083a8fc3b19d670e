package org.medseal.requests;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.medseal.connectors.deidentify.Authority;
import org.medseal.connectors.deidentify.IdentifierAuthorities;
import org.medseal.crypto.pseudonym.PatientIdentifier;
import org.medseal.crypto.pseudonym.Pseudonym;
import org.medseal.crypto.pseudonym.PseudonymKey;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.api.RecordReference;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.RecordFormat;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.requests.RequestException.Reason;

/**
 * Finds records by patient identifier: national ones by their monthly tags on the ledger, others
 * through the institution's own index.
 */
public final class RecordSearch {
  /** How far an author's clock may be off. */
  private static final Duration SKEW = Duration.ofDays(1);

  /** Types of HL7 table 0203 that stand beside patient numbers, and none, as in DICOM and FHIR. */
  private static final List<String> USUAL_TYPES =
      List.of("", "MR", "MRT", "PI", "PT", "PN", "RI", "AN", "NI", "SS", "HC", "PPN", "DL", "SN");

  private final Ledger ledger;
  private final ActingKeys keys;
  private final IdentifierAuthorities authorities;
  private final LocalRecords local;
  private final Clock clock;

  public RecordSearch(
      Ledger ledger,
      ActingKeys keys,
      IdentifierAuthorities authorities,
      LocalRecords local,
      Clock clock) {
    this.ledger = ledger;
    this.keys = keys;
    this.authorities = authorities;
    this.local = local;
    this.clock = clock;
  }

  /**
   * A record of the patient.
   *
   * @param month of sealing; of its block for records found through the local index
   */
  public record Hit(Hash id, long height, RecordFormat format, YearMonth month) {}

  /**
   * A blank type means the first one of a listed authority, any usual one of another authority.
   * BAD_IDENTIFIER when nothing usable is left of it, or the authority is listed and does not take
   * the type; the message holds nothing of it.
   */
  public PatientIdentifier identifier(String authority, String type, String id) {
    if (authority.isBlank() || id.isBlank()) {
      throw badIdentifier();
    }
    Optional<Authority> listed = authorities.named(authority);
    listed.ifPresent(found -> requireType(found, type.strip().toUpperCase(Locale.ROOT)));
    return listed
        .map(found -> authorities.identifier(found, id))
        .orElseGet(() -> authorities.unlisted(authority, type, id))
        .orElseThrow(RecordSearch::badIdentifier);
  }

  private static void requireType(Authority authority, String type) {
    if (!type.isEmpty() && !authority.types().contains(type)) {
      throw new RequestException(
          Reason.BAD_IDENTIFIER,
          "This authority takes the identifier types " + authority.types() + " only.");
    }
  }

  /** The same for the same identifier, and no way back without the institution's key. */
  public String auditHash(PatientIdentifier identifier) {
    byte[] hash =
        keys.local()
            .keyed(
                "AUDIT",
                identifier.authority().getBytes(StandardCharsets.UTF_8),
                identifier.idType().getBytes(StandardCharsets.UTF_8),
                identifier.id().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash);
  }

  /** The patient's pseudonyms under every key a record may have been made with. */
  public List<Pseudonym> pseudonyms(PatientIdentifier identifier) {
    return authorities.national(identifier)
        ? keys.consortium().stream().map(key -> key.pseudonym(identifier)).toList()
        : spelled(identifier).map(keys.local()::pseudonym).toList();
  }

  /** By ascending height. */
  public List<Hit> find(PatientIdentifier identifier) {
    List<Hit> hits =
        new ArrayList<>(
            authorities.national(identifier) ? byTags(identifier) : byIndex(identifier));
    hits.sort(Comparator.comparingLong(Hit::height));
    return hits;
  }

  /** Whether the record belongs to that patient; UNKNOWN_RECORD. */
  public boolean belongs(Hash recordId, PatientIdentifier identifier) {
    RecordTransaction record = AccessRequests.record(ledger, recordId);
    if (!authorities.national(identifier)) {
      return localRecords(identifier).contains(recordId);
    }
    Map<Hash, YearMonth> tags = tags(identifier);
    return record.witness().header().tags().stream().anyMatch(tags::containsKey);
  }

  private List<Hit> byTags(PatientIdentifier identifier) {
    Map<Hash, YearMonth> tags = tags(identifier);
    Map<Hash, Hit> hits = new LinkedHashMap<>();
    for (RecordReference found : ledger.recordsByTags(tags.keySet())) {
      hits.putIfAbsent(
          found.id(), new Hit(found.id(), found.height(), found.format(), tags.get(found.tag())));
    }
    return List.copyOf(hits.values());
  }

  private List<Hit> byIndex(PatientIdentifier identifier) {
    List<Hit> hits = new ArrayList<>();
    for (Hash id : localRecords(identifier)) {
      ledger.find(id).ifPresent(committed -> hits.add(hit(committed)));
    }
    return hits;
  }

  /** Only unlisted authorities leave the type blank; the index is keyed by what the feed sent. */
  private List<Hash> localRecords(PatientIdentifier identifier) {
    return spelled(identifier).flatMap(each -> local.find(each).stream()).distinct().toList();
  }

  private static Stream<PatientIdentifier> spelled(PatientIdentifier identifier) {
    List<String> types = identifier.idType().isEmpty() ? USUAL_TYPES : List.of(identifier.idType());
    return types.stream()
        .map(type -> new PatientIdentifier(identifier.authority(), type, identifier.id()));
  }

  private static Hit hit(CommittedTransaction committed) {
    RecordTransaction record = (RecordTransaction) committed.transaction();
    return new Hit(
        committed.id(),
        committed.height(),
        record.core().format(),
        month(Instant.ofEpochMilli(committed.blockTimeMs())));
  }

  private Map<Hash, YearMonth> tags(PatientIdentifier identifier) {
    YearMonth first = month(Instant.ofEpochMilli(ledger.genesis().timeMs()).minus(SKEW));
    long nowMs = Math.max(clock.millis(), ledger.view().timeMs());
    YearMonth last = month(Instant.ofEpochMilli(nowMs).plus(SKEW));
    Map<Hash, YearMonth> tags = new HashMap<>();
    for (PseudonymKey key : keys.consortium()) {
      Pseudonym pseudonym = key.pseudonym(identifier);
      for (YearMonth month = first; !month.isAfter(last); month = month.plusMonths(1)) {
        tags.put(Hash.of(pseudonym.tag(month)), month);
      }
    }
    return tags;
  }

  private static YearMonth month(Instant at) {
    return YearMonth.from(at.atZone(ZoneOffset.UTC));
  }

  private static RequestException badIdentifier() {
    return new RequestException(
        Reason.BAD_IDENTIFIER,
        "The identifier needs an authority and an id in the form that authority uses.");
  }
}
