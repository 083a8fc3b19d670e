package org.medseal.ledger.app;

import java.util.List;
import java.util.Optional;
import org.medseal.ledger.app.ActionThreads.Subject;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.codec.CodecException.Reason;
import org.medseal.ledger.codec.Domain;
import org.medseal.ledger.codec.Limits;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.InstitutionTransaction;
import org.medseal.ledger.model.RecordFormat;
import org.medseal.ledger.model.RecordHeader;
import org.medseal.ledger.model.RecordTransaction;

/**
 * What the rules and the index ask of one transaction once it stands in a block. Its canonical form
 * is a leaf of the state's tree of look-ups, so that whoever did not execute the block can be given
 * it and knows that it is true.
 *
 * @param position in its block, from 0
 */
public record Lookup(Hash id, long height, int position, Content content) {
  /** Longest canonical form: an action's transaction and a little beside it. */
  public static final int MAX_BYTES = Limits.SEALED_BODY + (1 << 18);

  private static final int PLAIN = 0;
  private static final int RECORD = 1;
  private static final int THREAD = 2;

  /** By kind of transaction. */
  public sealed interface Content {}

  /** Nothing but its place is asked for later. */
  public record Plain() implements Content {}

  /** An anonymous record: its salt may not come again, its tags find it. */
  public record OfRecord(Bytes salt, List<Hash> tags, RecordFormat format) implements Content {
    public OfRecord {
      tags = List.copyOf(tags);
    }
  }

  /**
   * An action that belongs to a request, a trace, the signing group or an audit trail.
   *
   * @param timeMs of its block
   * @param subject the thread it belongs to
   * @param encoded the whole transaction
   */
  public record OfThread(long timeMs, Subject subject, Bytes encoded) implements Content {}

  /**
   * Of a transaction where it stands in its block.
   *
   * @param timeMs of the block
   */
  public static Lookup of(
      IdentifiedTransaction transaction, long height, int position, long timeMs) {
    return new Lookup(transaction.id(), height, position, content(transaction, timeMs));
  }

  private static Content content(IdentifiedTransaction transaction, long timeMs) {
    if (transaction.transaction() instanceof RecordTransaction record) {
      RecordHeader header = record.witness().header();
      return new OfRecord(header.salt(), header.tags(), header.format());
    }
    return subject(transaction)
        .<Content>map(subject -> new OfThread(timeMs, subject, transaction.encoded()))
        .orElseGet(Plain::new);
  }

  private static Optional<Subject> subject(IdentifiedTransaction transaction) {
    return transaction.transaction() instanceof InstitutionTransaction signed
        ? ActionThreads.subject(transaction.id(), signed)
        : Optional.empty();
  }

  public Bytes encode() {
    CanonicalWriter out =
        new CanonicalWriter().domain(Domain.LOOKUP).hash(id).u64(height).u32(position);
    if (content instanceof OfRecord record) {
      out.u8(RECORD)
          .fixed(record.salt())
          .list(record.tags(), CanonicalWriter::hash)
          .u8(record.format().code());
    } else if (content instanceof OfThread thread) {
      out.u8(THREAD).u64(thread.timeMs()).bytes(thread.encoded());
    } else {
      out.u8(PLAIN);
    }
    return out.toBytes();
  }

  /** Well-formed, and an action's id is that of the transaction in it; CodecException otherwise. */
  public static Lookup decode(Bytes bytes) {
    CanonicalReader in = new CanonicalReader(bytes.toArray()).domain(Domain.LOOKUP);
    Hash id = in.hash();
    Lookup lookup = new Lookup(id, in.u64(), in.u32(), readContent(in, id));
    in.end();
    return lookup;
  }

  private static Content readContent(CanonicalReader in, Hash id) {
    int kind = in.u8();
    return switch (kind) {
      case PLAIN -> new Plain();
      case RECORD ->
          new OfRecord(
              in.fixed(RecordHeader.SALT_LENGTH),
              in.list(RecordHeader.TAGS, CanonicalReader::hash),
              format(in.u8()));
      case THREAD -> readThread(in, id);
      default -> throw new CodecException(Reason.BAD_VALUE, "no look-up of kind " + kind);
    };
  }

  private static OfThread readThread(CanonicalReader in, Hash id) {
    long timeMs = in.u64();
    Bytes encoded = in.bytes(MAX_BYTES);
    IdentifiedTransaction transaction = Transactions.decode(encoded.toArray());
    Optional<Subject> subject =
        transaction.id().equals(id) ? subject(transaction) : Optional.empty();
    return new OfThread(
        timeMs,
        subject.orElseThrow(
            () -> new CodecException(Reason.BAD_VALUE, "a look-up's action is of no thread")),
        encoded);
  }

  private static RecordFormat format(int code) {
    for (RecordFormat each : RecordFormat.values()) {
      if (each.code() == code) {
        return each;
      }
    }
    throw new CodecException(Reason.BAD_VALUE, "no record format " + code);
  }
}
