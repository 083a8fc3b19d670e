package org.medseal.connectors.message;

import java.util.List;
import java.util.Optional;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.codec.Limits;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.RecordTransaction;

/** A frame of the outbox journal: one message moves from one state to another. */
sealed interface Transition {
  String messageId();

  record Quarantined(String messageId, QuarantineReason reason, String place)
      implements Transition {}

  record NotARecord(String messageId, String kind) implements Transition {}

  record Sealed(String messageId, List<SealedPart> parts) implements Transition {}

  record Submitted(String messageId) implements Transition {}

  record Committed(String messageId, Hash txId, long height, int index) implements Transition {}

  record Failed(String messageId, String rule) implements Transition {}

  /** {@code retire}: its uncommitted transactions can no longer be committed. */
  record ReceivedAgain(String messageId, boolean retire) implements Transition {}

  int QUARANTINED = 10;
  int NOT_A_RECORD = 11;
  int SEALED = 12;
  int SUBMITTED = 13;
  int COMMITTED = 14;
  int FAILED = 15;
  int RECEIVED_AGAIN = 16;

  int MAX_TEXT = 4096;
  int PATIENT_KEY_LENGTH = 16;
  int MAX_PARTS = 100_000;

  default int type() {
    if (this instanceof Quarantined) {
      return QUARANTINED;
    } else if (this instanceof NotARecord) {
      return NOT_A_RECORD;
    } else if (this instanceof Sealed) {
      return SEALED;
    } else if (this instanceof Submitted) {
      return SUBMITTED;
    } else if (this instanceof Committed) {
      return COMMITTED;
    } else if (this instanceof Failed) {
      return FAILED;
    }
    return RECEIVED_AGAIN;
  }

  default byte[] encode() {
    CanonicalWriter out = new CanonicalWriter().string(messageId());
    if (this instanceof Quarantined q) {
      out.string(q.reason().name()).string(bounded(q.place()));
    } else if (this instanceof NotARecord n) {
      out.string(bounded(n.kind()));
    } else if (this instanceof Sealed s) {
      out.list(s.parts(), Transition::writePart);
    } else if (this instanceof Committed c) {
      out.hash(c.txId()).u64(c.height()).u32(c.index());
    } else if (this instanceof Failed f) {
      out.string(bounded(f.rule()));
    } else if (this instanceof ReceivedAgain r) {
      out.flag(r.retire());
    }
    return out.toByteArray();
  }

  /** Empty for a type of a later version. */
  static Optional<Transition> decode(int type, byte[] payload) {
    CanonicalReader in = new CanonicalReader(payload);
    String id = in.string(MAX_TEXT);
    Transition transition =
        switch (type) {
          case QUARANTINED ->
              new Quarantined(
                  id, QuarantineReason.valueOf(in.string(MAX_TEXT)), in.string(MAX_TEXT));
          case NOT_A_RECORD -> new NotARecord(id, in.string(MAX_TEXT));
          case SEALED -> new Sealed(id, in.list(MAX_PARTS, Transition::readPart));
          case SUBMITTED -> new Submitted(id);
          case COMMITTED -> new Committed(id, in.hash(), in.u64(), in.u32());
          case FAILED -> new Failed(id, in.string(MAX_TEXT));
          case RECEIVED_AGAIN -> new ReceivedAgain(id, in.flag());
          default -> null;
        };
    if (transition != null) {
      in.end();
    }
    return Optional.ofNullable(transition);
  }

  /** What the index keeps of a part; the bytes stay in the journal. */
  static OutboxRecord outboxRecord(SealedPart part) {
    int epoch =
        part.transaction().transaction() instanceof RecordTransaction record
            ? record.core().epoch()
            : 0;
    return new OutboxRecord(
        part.transaction().id(),
        part.patientKey(),
        part.sequence(),
        part.transaction().transaction().expiryHeight(),
        epoch,
        0,
        false);
  }

  private static void writePart(CanonicalWriter out, SealedPart part) {
    out.fixed(part.patientKey()).u64(part.sequence()).bytes(part.transaction().encoded());
  }

  private static SealedPart readPart(CanonicalReader in) {
    Bytes patientKey = in.fixed(PATIENT_KEY_LENGTH);
    long sequence = in.u64();
    return new SealedPart(
        patientKey, sequence, Transactions.decode(in.bytes(Limits.TRANSACTION).toArray()));
  }

  private static String bounded(String text) {
    return text.length() <= MAX_TEXT / 4 ? text : text.substring(0, MAX_TEXT / 4);
  }
}
