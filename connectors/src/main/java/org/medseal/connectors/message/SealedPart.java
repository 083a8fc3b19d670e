package org.medseal.connectors.message;

import java.util.List;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.IdentifiedTransaction;

/**
 * A record of a message ready for the outbox.
 *
 * @param patientKey {@link MessageStore#patientKey}
 * @param sequence its place in the patient's order, also inside the ciphertext
 */
public record SealedPart(Bytes patientKey, long sequence, IdentifiedTransaction transaction) {
  static long sizeBytes(List<SealedPart> parts) {
    return parts.stream().mapToLong(part -> part.transaction().encoded().length()).sum();
  }
}
