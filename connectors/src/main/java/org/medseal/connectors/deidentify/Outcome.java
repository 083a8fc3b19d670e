package org.medseal.connectors.deidentify;

import java.util.List;

/**
 * What the engine made of one message. A FHIR Bundle may give several records, one per patient.
 * Neither {@code place} nor {@code kind} ever holds a value of the message.
 */
public sealed interface Outcome {

  record Released(List<DeidentifiedRecord> records) implements Outcome {
    public Released {
      records = List.copyOf(records);
      if (records.isEmpty()) {
        throw new IllegalArgumentException("nothing was released");
      }
    }
  }

  /** {@code place} is a path such as "PID-3" or "Bundle.entry[4]". */
  record Quarantined(QuarantineReason reason, String place) implements Outcome {}

  /** Well-formed, but about no patient; {@code kind} is a type such as "ACK" or "ValueSet". */
  record NotARecord(String kind) implements Outcome {}
}
