package org.medseal.connectors.deidentify.hl7;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.QuarantineReason;

/**
 * A message without PID is either about nobody (acknowledgements, master files, queries, results of
 * control specimens), or its sender forgot the patient: that one is kept back, not left out.
 */
final class WithoutPatient {

  /** Message codes that are about a patient whatever else they hold. */
  private static final Set<String> ABOUT_SOMEBODY = Set.of("ADT", "BAR", "DFT", "MDM", "VXU");

  /** Message codes that say no more than that something was received, or was done. */
  private static final Set<String> ACKNOWLEDGEMENTS =
      Set.of(
          "ACK", "BRP", "BRT", "MCF", "MFK", "ORA", "ORB", "ORD", "ORG", "ORL", "ORN", "ORR", "ORS",
          "RRA", "RRD", "RRE", "RRG");

  /** Orders of stock, which are for no patient. */
  private static final String STOCK = "OMS";

  /** Segments that say something about a patient. */
  private static final Set<String> CLINICAL =
      Set.of(
          "PV1", "OBR", "OBX", "DG1", "AL1", "IAM", "PR1", "RXA", "RXE", "RXO", "RXD", "RXG", "FT1",
          "TXA", "PRB", "GOL", "PTH", "ODS", "ORC");

  private WithoutPatient() {}

  static Outcome of(Hl7Message message) {
    String type = message.msh().field(9).first().text(1).toUpperCase(Locale.ROOT);
    boolean clinical =
        ABOUT_SOMEBODY.contains(type)
            || message.segments().stream().anyMatch(s -> isClinical(s, type));
    boolean acknowledges = !message.all("MSA").isEmpty() && ACKNOWLEDGEMENTS.contains(type);
    return acknowledges || !clinical || ofControls(message)
        ? new Outcome.NotARecord(kind(type))
        : new Outcome.Quarantined(QuarantineReason.NO_PATIENT_IDENTIFIER, "PID");
  }

  private static boolean isClinical(Segment segment, String type) {
    boolean ofStock = type.equals(STOCK) && segment.name().equals("ORC");
    return CLINICAL.contains(segment.name()) && !ofStock;
  }

  /** Whether every specimen is there to check the analyser (SPM-11, HL7 table 0369). */
  private static boolean ofControls(Hl7Message message) {
    List<Segment> specimens = message.all("SPM");
    return !specimens.isEmpty()
        && specimens.stream()
            .map(s -> s.field(11).first().text(1))
            .allMatch(role -> !role.isEmpty() && !Set.of("P", "G", "L").contains(role));
  }

  private static String kind(String type) {
    boolean plain =
        type.length() == 3 && type.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c));
    return plain ? type : "HL7V2";
  }
}
