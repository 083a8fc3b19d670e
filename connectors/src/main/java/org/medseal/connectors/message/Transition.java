package org.medseal.connectors.message;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  record NotARecord(String messageId, String kind, long atMs) implements Transition {}

  record Discarded(String messageId, DiscardReason reason, long atMs) implements Transition {}

  /** {@code parts}: {@link #MAX_PARTS} at most, as many as can be read back. */
  record Sealed(String messageId, List<SealedPart> parts) implements Transition {
    public Sealed {
      if (parts.size() > MAX_PARTS) {
        throw new IllegalArgumentException("a message of more parts than can be read back");
      }
    }
  }

  record Submitted(String messageId) implements Transition {}

  record Committed(String messageId, Hash txId, long height, int index, long atMs)
      implements Transition {}

  record Failed(String messageId, String rule) implements Transition {}

  /** {@code retire}: its uncommitted transactions can no longer be committed. */
  record ReceivedAgain(String messageId, boolean retire) implements Transition {}

  /**
   * All that is known of a message, so that what the journal says of it before is not needed.
   *
   * @param finishedAtMs meaningless before
   * @param parts sealed ones that may yet be committed, if their bytes stand nowhere else
   */
  record Standing(
      String messageId,
      MessageState state,
      Optional<QuarantineReason> reason,
      Optional<String> place,
      List<OutboxRecord> records,
      boolean putBack,
      long finishedAtMs,
      List<SealedPart> parts)
      implements Transition {
    static Standing of(Entry entry, List<SealedPart> parts) {
      Course course = entry.course();
      return new Standing(
          entry.id(),
          entry.state,
          course.reason,
          course.place,
          course.records,
          course.putBack,
          course.finishedAtMs,
          parts);
    }
  }

  /** How many records patients have; about no message. */
  record Counted(Map<Bytes, Long> sequences) implements Transition {
    @Override
    public String messageId() {
      return "";
    }
  }

  /**
   * Finished messages that are no longer remembered, but may still stand in the inbox: without this
   * they would be new there.
   *
   * @param inboxEnd what stands in the inbox from here on is not about them
   */
  record Forgotten(List<String> ids, long inboxEnd) implements Transition {
    @Override
    public String messageId() {
      return "";
    }
  }

  int QUARANTINED = 10;
  int NOT_A_RECORD = 11;
  int SEALED = 12;
  int SUBMITTED = 13;
  int COMMITTED = 14;
  int FAILED = 15;
  int RECEIVED_AGAIN = 16;
  int STANDING = 17;
  int COUNTED = 18;
  int FORGOTTEN = 19;
  int DISCARDED = 20;

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
    } else if (this instanceof Discarded) {
      return DISCARDED;
    } else if (this instanceof Standing) {
      return STANDING;
    } else if (this instanceof Counted) {
      return COUNTED;
    } else if (this instanceof Forgotten) {
      return FORGOTTEN;
    }
    return RECEIVED_AGAIN;
  }

  default byte[] encode() {
    CanonicalWriter out = new CanonicalWriter().string(messageId());
    if (this instanceof Quarantined q) {
      out.string(q.reason().name()).string(bounded(q.place()));
    } else if (this instanceof NotARecord n) {
      out.string(bounded(n.kind())).u64(n.atMs());
    } else if (this instanceof Discarded d) {
      out.string(d.reason().name()).u64(d.atMs());
    } else if (this instanceof Sealed s) {
      out.list(s.parts(), Transition::writePart);
    } else if (this instanceof Committed c) {
      out.hash(c.txId()).u64(c.height()).u32(c.index()).u64(c.atMs());
    } else if (this instanceof Failed f) {
      out.string(bounded(f.rule()));
    } else if (this instanceof ReceivedAgain r) {
      out.flag(r.retire());
    } else if (this instanceof Standing s) {
      StandingFrames.write(out, s);
    } else if (this instanceof Counted c) {
      out.list(
          List.copyOf(c.sequences().entrySet()),
          (to, each) -> to.fixed(each.getKey()).u64(each.getValue()));
    } else if (this instanceof Forgotten f) {
      out.list(f.ids(), CanonicalWriter::string).u64(f.inboxEnd());
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
          case NOT_A_RECORD -> new NotARecord(id, in.string(MAX_TEXT), in.u64());
          case SEALED -> new Sealed(id, in.list(MAX_PARTS, Transition::readPart));
          case SUBMITTED -> new Submitted(id);
          case COMMITTED -> new Committed(id, in.hash(), in.u64(), in.u32(), in.u64());
          case FAILED -> new Failed(id, in.string(MAX_TEXT));
          case RECEIVED_AGAIN -> new ReceivedAgain(id, in.flag());
          case DISCARDED -> new Discarded(id, DiscardReason.valueOf(in.string(MAX_TEXT)), in.u64());
          case STANDING -> StandingFrames.read(id, in);
          case COUNTED -> new Counted(readCounts(in));
          case FORGOTTEN -> new Forgotten(in.list(MAX_PARTS, r -> r.string(MAX_TEXT)), in.u64());
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

  private static Map<Bytes, Long> readCounts(CanonicalReader in) {
    Map<Bytes, Long> counts = new HashMap<>();
    in.list(MAX_PARTS, r -> counts.put(r.fixed(PATIENT_KEY_LENGTH), r.u64()));
    return counts;
  }

  /** As in a frame of its own. */
  static void writePart(CanonicalWriter out, SealedPart part) {
    out.fixed(part.patientKey()).u64(part.sequence()).bytes(part.transaction().encoded());
  }

  static SealedPart readPart(CanonicalReader in) {
    Bytes patientKey = in.fixed(PATIENT_KEY_LENGTH);
    long sequence = in.u64();
    return new SealedPart(
        patientKey, sequence, Transactions.decode(in.bytes(Limits.TRANSACTION).toArray()));
  }

  static String bounded(String text) {
    return text.length() <= MAX_TEXT / 4 ? text : text.substring(0, MAX_TEXT / 4);
  }
}
