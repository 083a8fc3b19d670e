package org.medseal.connectors.deidentify.hl7;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.medseal.connectors.deidentify.PatientIdentity;
import org.medseal.connectors.deidentify.QuarantineReason;

/**
 * The patients of one message. Where the standard lets a group that begins with PID repeat (results
 * of several patients, A17, A24, A40 of several merges, query responses, appointments of several),
 * each patient gets what stands before the first PID, the own groups, and the resources at the end.
 */
final class PatientSections {

  /** More PID segments than any sender puts into one message; each patient costs a record. */
  static final int MAX_PATIENTS = 1000;

  /** What all patients share stands in the record of each: so many characters in all. */
  static final long MAX_SHARED_CHARS = 64L << 20;

  /** One patient's message. */
  record Section(PatientIdentity.Collector patient, Hl7Message message) {}

  /** What a message splits into. */
  sealed interface Split {
    record Patients(List<Section> sections) implements Split {
      public Patients {
        sections = List.copyOf(sections);
      }
    }

    record Refused(QuarantineReason reason) implements Split {}
  }

  /**
   * Message codes (MSH-9.1) whose abstract syntax repeats the patient's group up to the end. In
   * orders a second PID stands inside the first patient's group (prior results), so nobody could
   * say where it ends.
   */
  private static final Set<String> REPEATING =
      Set.of(
          "ADR", "ADT", "CRM", "CSU", "ORF", "ORU", "OSR", "PGL", "PPG", "PPP", "PPR", "PPT", "PPV",
          "PRR", "PTR", "RSP", "SIU", "SRM", "SRR", "VXX");

  private final Hl7Message message;
  private final People people = new People();
  private final List<List<Segment>> theirs = new ArrayList<>();
  private final List<Segment> before = new ArrayList<>();
  private final List<Segment> after;

  private PatientSections(Hl7Message message, List<Segment> after) {
    this.message = message;
    this.after = after;
  }

  /** Refused where several patients stand who cannot be told apart, or too many. */
  static Split of(Hl7Message message, Function<Segment, PatientIdentity.Collector> read) {
    if (message.all("PID").size() > MAX_PATIENTS) {
      return new Split.Refused(QuarantineReason.TOO_LARGE);
    }
    List<Segment> all = message.segments();
    int end = resources(all);
    PatientSections sections = new PatientSections(message, all.subList(end, all.size()));
    return sections.place(all.subList(0, end), read)
        ? sections.split()
        : new Split.Refused(QuarantineReason.AMBIGUOUS_PATIENT);
  }

  /** False where a PID agrees with one patient in one number and not in another. */
  private boolean place(List<Segment> all, Function<Segment, PatientIdentity.Collector> read) {
    List<Segment> now = before;
    List<Segment> events = new ArrayList<>();
    for (Segment segment : all) {
      if (segment.name().equals("PID")) {
        int patient = people.add(read.apply(segment));
        if (patient == People.AMBIGUOUS) {
          return false;
        }
        if (now == before) {
          eventOfTheFirst(events);
        }
        now = segmentsOf(patient);
        now.addAll(events);
        events.clear();
      }
      // In ADR an EVN begins each patient's group; elsewhere none follows a PID.
      (now != before && segment.name().equals("EVN") ? events : now).add(segment);
    }
    now.addAll(events);
    return true;
  }

  /** In an answer to a patient query (ADR) what happened belongs to the patient that follows. */
  private void eventOfTheFirst(List<Segment> events) {
    int last = before.size() - 1;
    if (code().equals("ADR") && last >= 0 && before.get(last).name().equals("EVN")) {
      events.add(before.remove(last));
    }
  }

  private List<Segment> segmentsOf(int patient) {
    if (patient == theirs.size()) {
      theirs.add(new ArrayList<>());
    }
    return theirs.get(patient);
  }

  private Split split() {
    if (people.all().size() == 1) {
      return new Split.Patients(List.of(new Section(people.all().get(0), message)));
    }
    if (!REPEATING.contains(code())) {
      return new Split.Refused(QuarantineReason.AMBIGUOUS_PATIENT);
    }
    if (sharedChars() * people.all().size() > MAX_SHARED_CHARS) {
      return new Split.Refused(QuarantineReason.TOO_LARGE);
    }
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < theirs.size(); i++) {
      List<Segment> own = new ArrayList<>(before);
      own.addAll(theirs.get(i));
      own.addAll(after);
      sections.add(new Section(people.all().get(i), new Hl7Message(message.delimiters(), own)));
    }
    return new Split.Patients(sections);
  }

  private long sharedChars() {
    List<Segment> shared = new ArrayList<>(before);
    shared.addAll(after);
    return new Hl7Message(message.delimiters(), shared).render().length();
  }

  private String code() {
    return message.msh().field(9).first().text(1);
  }

  /** Where the resources of an appointment begin, which follow all of its patients. */
  private static int resources(List<Segment> all) {
    int end = all.size();
    for (int i = all.size() - 1; i >= 0 && !all.get(i).name().equals("PID"); i--) {
      end = all.get(i).name().equals("RGS") ? i : end;
    }
    return end;
  }
}
