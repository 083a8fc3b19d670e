package org.medseal.connectors.seal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.medseal.connectors.deidentify.DeidentifiedRecord;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.message.MessageState;
import org.medseal.connectors.message.MessageStore;
import org.medseal.connectors.message.OutboxRecord;
import org.medseal.connectors.message.SealedPart;
import org.medseal.connectors.patient.LocalPatientIndex;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.IdentifiedTransaction;

/**
 * Seals all records of one message and makes them durable together. The patient index is written
 * first, so that no record in the outbox is missing there.
 */
final class MessageSealing {
  private final MessageStore store;
  private final LocalPatientIndex patients;
  private final Sealing sealing;
  private final EarlierSeals earlier;

  /** {@link RecordSealer#seal(DeidentifiedRecord, long)}. */
  @FunctionalInterface
  interface Sealing {
    IdentifiedTransaction seal(DeidentifiedRecord record, long sequence);
  }

  MessageSealing(
      MessageStore store, LocalPatientIndex patients, Sealing sealing, EarlierSeals earlier) {
    this.store = store;
    this.patients = patients;
    this.sealing = sealing;
    this.earlier = earlier;
  }

  /** False if the message ends here: too large, or all of it had been committed before. */
  boolean seal(String messageId, List<DeidentifiedRecord> records) {
    earlier.requireSettled(messageId);
    if (store.find(messageId).filter(m -> m.state() == MessageState.RECEIVED).isEmpty()) {
      return false;
    }
    try {
      List<SealedPart> parts = parts(messageId, records);
      store.sealed(messageId, parts);
      return !parts.isEmpty();
    } catch (SealException e) {
      if (e.reason() != SealException.Reason.TOO_LARGE) {
        throw e;
      }
      store.quarantined(messageId, QuarantineReason.TOO_LARGE, SealConstants.PLACE_SEAL);
      return false;
    }
  }

  /** A record keeps the place in its patient's order that an earlier attempt gave it. */
  private List<SealedPart> parts(String messageId, List<DeidentifiedRecord> records) {
    List<SealedPart> parts = new ArrayList<>();
    Map<Bytes, Iterator<OutboxRecord>> before = new HashMap<>();
    for (DeidentifiedRecord record : records) {
      Bytes patientKey = store.patientKey(record.patient());
      Iterator<OutboxRecord> attempts =
          before.computeIfAbsent(patientKey, key -> inOrder(messageId, key));
      Optional<OutboxRecord> old =
          attempts.hasNext() ? Optional.of(attempts.next()) : Optional.empty();
      if (old.filter(OutboxRecord::isCommitted).isEmpty()) {
        long sequence =
            old.map(OutboxRecord::sequence).orElseGet(() -> store.nextSequence(patientKey));
        IdentifiedTransaction transaction = sealing.seal(record, sequence);
        patients.add(record.identifiers(), transaction.id());
        parts.add(new SealedPart(patientKey, sequence, transaction));
      }
    }
    return parts;
  }

  private Iterator<OutboxRecord> inOrder(String messageId, Bytes patientKey) {
    return store.records(messageId).stream()
        .filter(r -> r.patientKey().equals(patientKey))
        .sorted(Comparator.comparingLong(OutboxRecord::sequence))
        .iterator();
  }
}
