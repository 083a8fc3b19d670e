package org.medseal.connectors.deidentify.fhir;

import static org.medseal.connectors.deidentify.QuarantineReason.AMBIGUOUS_PATIENT;
import static org.medseal.connectors.deidentify.QuarantineReason.NO_PATIENT_IDENTIFIER;
import static org.medseal.connectors.deidentify.QuarantineReason.RESIDUAL_IDENTITY;
import static org.medseal.connectors.deidentify.QuarantineReason.RULE_ERROR;
import static org.medseal.connectors.deidentify.QuarantineReason.TOO_LARGE;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.medseal.connectors.deidentify.DateShift;
import org.medseal.connectors.deidentify.DeidKeys;
import org.medseal.connectors.deidentify.DeidentifiedRecord;
import org.medseal.connectors.deidentify.Deidentifier;
import org.medseal.connectors.deidentify.Explanation;
import org.medseal.connectors.deidentify.FeedPolicy;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.IdentifierAuthorities;
import org.medseal.connectors.deidentify.KeyedIds;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.PatientIdentity;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.deidentify.RecordUnit;
import org.medseal.connectors.deidentify.ResidualScan;
import org.medseal.connectors.deidentify.RuleCounts;

/**
 * FHIR R4 in JSON or XML; records are JSON. A Bundle gives one record per patient, a Bundle of type
 * collection; a single resource stays single.
 */
public final class FhirDeidentifier implements Deidentifier {

  public static final String MEDIA_TYPE = "application/fhir+json";

  /** More than any sender puts into one Bundle, and fewer than a message's parts can be. */
  static final int MAX_RECORDS = 10_000;

  private final FhirRules rules;
  private final IdentifierAuthorities authorities;
  private final DeidKeys keys;
  private final KeyedIds keyed;
  private final Clock clock;

  FhirDeidentifier(FhirRules rules, IdentifierAuthorities authorities, DeidKeys keys, Clock clock) {
    this.rules = rules;
    this.authorities = authorities;
    this.keys = keys;
    this.keyed = new KeyedIds(keys.local());
    this.clock = clock;
  }

  /** Reads and checks the rule file; DeidConfigException names file, line and key. */
  public static FhirDeidentifier load(
      Path rulesYaml, IdentifierAuthorities authorities, DeidKeys keys) {
    return new FhirDeidentifier(FhirRules.load(rulesYaml), authorities, keys, Clock.systemUTC());
  }

  @Override
  public Outcome deidentify(byte[] raw, FeedPolicy policy, Explanation explanation) {
    try {
      FhirParsing.Parsed parsed = FhirParsing.parse(raw, policy.defaultCharset());
      return parsed
          .resource()
          .map(resource -> split(resource, policy, explanation))
          .orElseGet(() -> new Outcome.Quarantined(parsed.problem(), "resource"));
    } catch (ElementCopy.UnknownModifierException e) {
      return new Outcome.Quarantined(RULE_ERROR, e.getMessage());
    } catch (RuntimeException e) {
      // Fail closed; the cause may quote the resource, so it goes no further.
      return new Outcome.Quarantined(RULE_ERROR, "resource");
    }
  }

  private Outcome split(Resource source, FeedPolicy policy, Explanation explanation) {
    Entries entries = Entries.of(source, policy.baseUrl());
    Optional<List<PatientGroup>> persons = PatientSplit.of(entries, rules, authorities, policy);
    if (persons.isEmpty()) {
      return new Outcome.Quarantined(AMBIGUOUS_PATIENT, source.fhirType());
    }
    List<PatientGroup> groups = persons.get();
    Optional<Outcome> forgotten = forgotten(source, entries, groups);
    if (forgotten.isPresent()) {
      return forgotten.get();
    }
    if (groups.isEmpty()) {
      return new Outcome.NotARecord(source.fhirType());
    }
    int count = groups.stream().mapToInt(g -> parts(source, g, policy.records()).size()).sum();
    if (count > MAX_RECORDS) {
      return new Outcome.Quarantined(TOO_LARGE, source.fhirType());
    }
    Told told = Told.by(entries);
    List<DeidentifiedRecord> records = new ArrayList<>();
    for (PatientGroup group : groups) {
      Optional<QuarantineReason> problem = group.identity().problem();
      if (problem.isPresent()) {
        return new Outcome.Quarantined(problem.get(), place(source, entries, group));
      }
      for (Part part : parts(source, group, policy.records())) {
        Copied copied = copied(entries, told, group, part, explanation);
        if (copied.residual().isPresent()) {
          return new Outcome.Quarantined(RESIDUAL_IDENTITY, copied.residual().get());
        }
        records.add(copied.record());
      }
    }
    return new Outcome.Released(records);
  }

  /** What belongs to no patient of the message and should: left out, nobody would ever miss it. */
  private Optional<Outcome> forgotten(Resource source, Entries entries, List<PatientGroup> groups) {
    Set<Entries.Entry> theirs = Collections.newSetFromMap(new IdentityHashMap<>());
    groups.forEach(group -> theirs.addAll(group.entries()));
    for (int i = 0; i < entries.all().size(); i++) {
      Entries.Entry entry = entries.all().get(i);
      Optional<String> place =
          theirs.contains(entry)
              ? Optional.empty()
              : PatientSplit.nobodyNamed(entry.resource(), rules);
      if (place.isPresent()) {
        String where = source instanceof Bundle ? "Bundle.entry[" + i + "].resource " : "";
        return Optional.of(new Outcome.Quarantined(NO_PATIENT_IDENTIFIER, where + place.get()));
      }
    }
    return Optional.empty();
  }

  /** What one record holds of a patient's resources. */
  private record Part(List<Entries.Entry> entries, boolean asBundle) {}

  /** The records of a patient; the Patient resource comes first. */
  private static List<Part> parts(Resource source, PatientGroup group, RecordUnit unit) {
    List<Entries.Entry> ordered = new ArrayList<>(group.entries());
    ordered.sort((a, b) -> Boolean.compare(isPatient(b), isPatient(a)));
    if (!(source instanceof Bundle)) {
      return List.of(new Part(ordered, false));
    }
    return unit == RecordUnit.ENTRY
        ? ordered.stream().map(entry -> new Part(List.of(entry), false)).toList()
        : List.of(new Part(ordered, true));
  }

  private static String place(Resource source, Entries entries, PatientGroup group) {
    Entries.Entry first = group.entries().iterator().next();
    String about =
        first.resource() instanceof Patient
            ? ".identifier"
            : "." + PatientSplit.about(first.resource());
    return source instanceof Bundle
        ? "Bundle.entry[" + entries.all().indexOf(first) + "].resource" + about
        : first.resource().fhirType() + about;
  }

  private record Copied(DeidentifiedRecord record, Optional<String> residual) {}

  /** What identifies somebody in the whole message, whichever of its patients; read once. */
  private record Told(ResidualScan scan, Set<LocalDate> birthDates) {
    static Told by(Entries entries) {
      IdentityTerms terms = new IdentityTerms(entries);
      return new Told(terms.scan(), terms.birthDates());
    }
  }

  private Copied copied(
      Entries entries, Told told, PatientGroup group, Part part, Explanation explanation) {
    PatientIdentity identity = group.identity().identity(keys);
    int referenceYear = referenceYear(group);
    RecordFacts facts =
        new RecordFacts(
            identity,
            DateShift.of(identity.patient().dateOffsetDays(), told.birthDates(), referenceYear),
            told.scan(),
            new RuleCounts(explanation),
            new HashSet<>(),
            keyed,
            referenceYear);
    boolean holdsPatient = part.entries().stream().anyMatch(FhirDeidentifier::isPatient);
    IdMap ids = new IdMap(entries, group, rules, facts, holdsPatient);
    ElementCopy copy = new ElementCopy(rules, facts, ids);
    Resource out =
        part.asBundle()
            ? bundle(copy, ids, part.entries(), facts)
            : copy.resource(part.entries().get(0));
    for (int i = group.entries().size(); i < entries.all().size(); i++) {
      facts.counts().add("(resource not of this patient) drop");
    }
    String json = FhirParsing.R4.newJsonParser().encodeResourceToString(out);
    Optional<String> residual =
        facts.scan().find(JsonLeaves.of(json, facts.made(), rules.systems()));
    DeidentifiedRecord record =
        new DeidentifiedRecord(
            Format.FHIR,
            json.getBytes(StandardCharsets.UTF_8),
            MEDIA_TYPE,
            identity.taggable(),
            identity.patient(),
            identity.identifiers(),
            facts.counts().report(rules.id()));
    return new Copied(record, residual);
  }

  private static Bundle bundle(
      ElementCopy copy, IdMap ids, List<Entries.Entry> part, RecordFacts facts) {
    Bundle bundle = new Bundle().setType(Bundle.BundleType.COLLECTION);
    facts.made(Bundle.BundleType.COLLECTION.toCode());
    for (Entries.Entry entry : part) {
      bundle.addEntry().setFullUrl(ids.fullUrl(entry)).setResource(copy.resource(entry));
    }
    return bundle;
  }

  private static boolean isPatient(Entries.Entry entry) {
    return entry.resource() instanceof Patient;
  }

  /** The year in which the patient's age is counted: of death, else this one. */
  private int referenceYear(PatientGroup group) {
    return group.entries().stream()
        .map(Entries.Entry::resource)
        .filter(Patient.class::isInstance)
        .map(p -> FhirTree.values(p, "deceased"))
        .flatMap(List::stream)
        .map(FhirTree::primitive)
        .map(DateShift::fullDate)
        .flatMap(Optional::stream)
        .findFirst()
        .map(d -> d.getYear())
        .orElseGet(() -> Year.now(clock).getValue());
  }
}
