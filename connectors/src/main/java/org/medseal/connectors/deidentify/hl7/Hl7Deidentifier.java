package org.medseal.connectors.deidentify.hl7;

import static org.medseal.connectors.deidentify.QuarantineReason.RESIDUAL_IDENTITY;
import static org.medseal.connectors.deidentify.QuarantineReason.RULE_ERROR;
import static org.medseal.connectors.deidentify.QuarantineReason.UNKNOWN_CHARSET;
import static org.medseal.connectors.deidentify.QuarantineReason.UNPARSABLE;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
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
import org.medseal.connectors.deidentify.ResidualScan;
import org.medseal.connectors.deidentify.RuleCounts;
import org.medseal.connectors.deidentify.rules.Rule;

/**
 * HL7 v2 of every version in its pipe form. Walks the parsed message, so that custom delimiters,
 * repetitions, subcomponents and escapes cannot hide a value; what no rule keeps is gone.
 */
public final class Hl7Deidentifier implements Deidentifier {

  public static final String MEDIA_TYPE = "application/hl7-v2";

  private static final Pattern SEGMENT_NAME = Pattern.compile("[A-Z][A-Z0-9]{2}");

  private final Hl7Rules rules;
  private final IdentifierAuthorities authorities;
  private final DeidKeys keys;
  private final KeyedIds keyed;
  private final Clock clock;

  Hl7Deidentifier(Hl7Rules rules, IdentifierAuthorities authorities, DeidKeys keys, Clock clock) {
    this.rules = rules;
    this.authorities = authorities;
    this.keys = keys;
    this.keyed = new KeyedIds(keys.local());
    this.clock = clock;
  }

  /** Reads and checks the rule file; DeidConfigException names file, line and key. */
  public static Hl7Deidentifier load(
      Path rulesYaml, IdentifierAuthorities authorities, DeidKeys keys) {
    return new Hl7Deidentifier(Hl7Rules.load(rulesYaml), authorities, keys, Clock.systemUTC());
  }

  @Override
  public Outcome deidentify(byte[] raw, FeedPolicy policy, Explanation explanation) {
    try {
      return decoded(raw, policy, explanation);
    } catch (RuntimeException e) {
      // Fail closed; the cause may quote the message, so it goes no further.
      return new Outcome.Quarantined(RULE_ERROR, "message");
    }
  }

  private Outcome decoded(byte[] raw, FeedPolicy policy, Explanation explanation) {
    Optional<Hl7Charset.Decoded> decoded = Hl7Charset.decode(raw, policy.defaultCharset());
    if (decoded.isEmpty()) {
      return new Outcome.Quarantined(UNKNOWN_CHARSET, "MSH-18");
    }
    Optional<Hl7Message> message = Hl7Message.parse(decoded.get().text(), decoded.get().charset());
    if (message.isEmpty()) {
      return new Outcome.Quarantined(UNPARSABLE, "MSH");
    }
    return message.get().all("PID").isEmpty()
        ? WithoutPatient.of(message.get())
        : identified(message.get(), policy, explanation);
  }

  private Outcome identified(Hl7Message message, FeedPolicy policy, Explanation explanation) {
    PatientSections.Split split =
        PatientSections.of(message, pid -> PatientField.collect(pid, authorities, policy));
    if (split instanceof PatientSections.Split.Patients patients) {
      return released(message, patients.sections(), policy, explanation);
    }
    PatientSections.Split.Refused refused = (PatientSections.Split.Refused) split;
    return new Outcome.Quarantined(refused.reason(), "PID");
  }

  private Outcome released(
      Hl7Message message,
      List<PatientSections.Section> sections,
      FeedPolicy policy,
      Explanation explanation) {
    for (PatientSections.Section section : sections) {
      Optional<QuarantineReason> problem = section.patient().problem();
      if (problem.isPresent()) {
        return new Outcome.Quarantined(problem.get(), "PID-3");
      }
    }
    for (Segment merge : message.all("MRG")) {
      Optional<QuarantineReason> prior = PatientField.mergeProblem(merge, authorities, policy);
      if (prior.isPresent()) {
        return new Outcome.Quarantined(prior.get(), "MRG-1");
      }
    }
    Told told =
        new Told(
            rules.identity().scanFor(message),
            birthDates(message.all("PID")),
            referenceYear(message));
    List<DeidentifiedRecord> records = new ArrayList<>();
    for (PatientSections.Section section : sections) {
      PatientIdentity identity = section.patient().identity(keys);
      Hl7Context context = context(told, identity, policy, new RuleCounts(explanation));
      Hl7Message out = walk(section.message(), context);
      String text = out.render();
      Optional<String> residual = residual(text, context);
      if (residual.isPresent()) {
        return new Outcome.Quarantined(RESIDUAL_IDENTITY, residual.get());
      }
      records.add(record(text, identity, context));
    }
    return new Outcome.Released(records);
  }

  /** What the whole message says of whichever of its patients; read once. */
  private record Told(ResidualScan scan, Set<LocalDate> birthDates, int referenceYear) {}

  private Hl7Context context(
      Told told, PatientIdentity identity, FeedPolicy policy, RuleCounts counts) {
    DateShift dates =
        DateShift.of(identity.patient().dateOffsetDays(), told.birthDates(), told.referenceYear());
    return new Hl7Context(
        PatientIdentity.inRecord(identity.patient()),
        source -> PatientField.merged(source, authorities, policy, keys),
        new Hl7Context.Transform(rules, keyed, dates, told.scan(), told.referenceYear()),
        counts,
        new HashSet<>());
  }

  private Optional<String> residual(String text, Hl7Context context) {
    Hl7Message readBack = Hl7Message.parse(text, StandardCharsets.UTF_8).orElseThrow();
    return context
        .transform()
        .scan()
        .find(OutputLeaves.of(readBack, context.made(), rules.systems()));
  }

  private DeidentifiedRecord record(String text, PatientIdentity identity, Hl7Context context) {
    return new DeidentifiedRecord(
        Format.HL7V2,
        text.getBytes(StandardCharsets.UTF_8),
        MEDIA_TYPE,
        identity.taggable(),
        identity.patient(),
        identity.identifiers(),
        context.counts().report(rules.id()));
  }

  private Hl7Message walk(Hl7Message message, Hl7Context context) {
    FieldTransform transform = new FieldTransform(context);
    List<Segment> out = new ArrayList<>();
    for (Segment segment : message.segments()) {
      Segment kept = segment(segment, message.delimiters(), transform, context);
      boolean structural = kept.name().equals("MSH") || kept.name().equals("PID");
      if (structural || kept.fields().stream().anyMatch(f -> !f.isEmpty())) {
        out.add(kept);
      }
    }
    return new Hl7Message(message.delimiters(), out);
  }

  private Segment segment(
      Segment source, Delimiters delimiters, FieldTransform transform, Hl7Context context) {
    boolean msh = source.name().equals("MSH");
    String valueType = source.name().equals("OBX") ? source.field(2).first().text(1) : "";
    List<Field> fields = new ArrayList<>();
    int last = Math.max(source.fields().size(), msh ? 18 : source.name().equals("PID") ? 3 : 0);
    for (int i = 1; i <= last; i++) {
      if (msh && i <= 2) {
        fields.add(source.field(i));
        continue;
      }
      fields.add(field(source, i, valueType, transform, context));
    }
    if (msh) {
      fields.set(17, Field.of(context.made("UNICODE UTF-8")));
      context.made(delimiters.msh2());
      context.made(String.valueOf(delimiters.field()));
    }
    return new Segment(source.name(), fields);
  }

  private Field field(
      Segment source, int i, String valueType, FieldTransform transform, Hl7Context context) {
    Optional<Rule> rule = rules.ruleFor(source, i, valueType);
    Field field = source.field(i);
    String place = context.counts().tellsPlaces() ? place(source, i) : "";
    if (rule.isPresent() && rule.get().option("of", "").equals("patient")) {
      // Older messages carry the patient's number in PID-2 or PID-4 only; it stands in PID-3 here.
      context.counts().applied(place, rule.get(), true);
      return Field.of(context.made(context.patient()));
    }
    if (field.isEmpty()) {
      return Field.EMPTY;
    }
    if (rule.isEmpty()) {
      context.counts().unnamed(place);
      return Field.EMPTY;
    }
    Field made = transform.apply(rule.get(), field, source);
    context.counts().applied(place, rule.get(), !made.isEmpty());
    return made;
  }

  /** A line that is no segment may begin with anything, so only names of segments are told. */
  private static String place(Segment segment, int field) {
    String name = segment.name();
    return (SEGMENT_NAME.matcher(name).matches() ? name : "???") + "-" + field;
  }

  private static Set<LocalDate> birthDates(List<Segment> patients) {
    Set<LocalDate> out = new HashSet<>();
    for (Segment pid : patients) {
      DateShift.fullDate(pid.field(7).first().text(1)).ifPresent(out::add);
    }
    return out;
  }

  /** The year in which ages are counted: the message's own, else today's. */
  private int referenceYear(Hl7Message message) {
    return DateShift.fullDate(message.msh().field(7).first().text(1))
        .map(LocalDate::getYear)
        .orElseGet(() -> Year.now(clock).getValue());
  }
}
