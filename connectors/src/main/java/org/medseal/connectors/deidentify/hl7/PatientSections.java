package org.medseal.connectors.deidentify.hl7;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.medseal.connectors.deidentify.PatientIdentity;

/**
 * The patients of one message. Where the standard lets a group that begins with PID repeat (results
 * of several patients, A17, A24, A40 of several merges, query responses, appointments of several),
 * each patient gets what stands before the first PID, the own groups, and the resources at the end.
 */
final class PatientSections {

  /** One patient's message. */
  record Section(PatientIdentity.Collector patient, Hl7Message message) {}

  /**
   * Message codes (MSH-9.1) whose abstract syntax repeats the patient's group up to the end. In
   * orders a second PID stands inside the first patient's group (prior results), so nobody could
   * say where it ends.
   */
  private static final Set<String> REPEATING =
      Set.of(
          "ADR", "ADT", "CRM", "CSU", "ORF", "ORU", "OSR", "PGL", "PPG", "PPP", "PPR", "PPT", "PPV",
          "PRR", "PTR", "RSP", "SIU", "SRM", "SRR", "VXX");

  private PatientSections() {}

  /** Empty where several patients stand who cannot be told apart; else one section at least. */
  static Optional<List<Section>> of(
      Hl7Message message, Function<Segment, PatientIdentity.Collector> read) {
    List<Segment> all = message.segments();
    List<PatientIdentity.Collector> people = new ArrayList<>();
    List<List<Segment>> theirs = new ArrayList<>();
    List<Segment> before = new ArrayList<>();
    int end = resources(all);
    int now = -1;
    for (Segment segment : all.subList(0, end)) {
      if (segment.name().equals("PID")) {
        now = place(people, theirs, read.apply(segment));
      }
      (now < 0 ? before : theirs.get(now)).add(segment);
    }
    if (people.size() == 1) {
      return Optional.of(List.of(new Section(people.get(0), message)));
    }
    if (!REPEATING.contains(message.msh().field(9).first().text(1))) {
      return Optional.empty();
    }
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < people.size(); i++) {
      List<Segment> own = new ArrayList<>(before);
      own.addAll(theirs.get(i));
      own.addAll(all.subList(end, all.size()));
      sections.add(new Section(people.get(i), new Hl7Message(message.delimiters(), own)));
    }
    return Optional.of(sections);
  }

  private static int place(
      List<PatientIdentity.Collector> people,
      List<List<Segment>> theirs,
      PatientIdentity.Collector patient) {
    for (int i = 0; i < people.size(); i++) {
      if (patient.isSamePersonAs(people.get(i))) {
        return i;
      }
    }
    people.add(patient);
    theirs.add(new ArrayList<>());
    return people.size() - 1;
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
