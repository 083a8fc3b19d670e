package org.medseal.connectors.message;

import java.util.Optional;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CanonicalWriter;

/** The body of a {@link Transition.Standing} frame. */
final class StandingFrames {
  private StandingFrames() {}

  static void write(CanonicalWriter out, Transition.Standing standing) {
    out.string(standing.state().name())
        .optional(standing.reason(), (to, reason) -> to.string(reason.name()))
        .optional(standing.place(), (to, place) -> to.string(Transition.bounded(place)))
        .list(standing.records(), StandingFrames::writeRecord)
        .flag(standing.putBack())
        .u64(standing.finishedAtMs())
        .list(standing.parts(), Transition::writePart);
  }

  static Transition.Standing read(String id, CanonicalReader in) {
    MessageState state = MessageState.valueOf(in.string(Transition.MAX_TEXT));
    Optional<QuarantineReason> reason =
        in.optional(r -> QuarantineReason.valueOf(r.string(Transition.MAX_TEXT)));
    Optional<String> place = in.optional(r -> r.string(Transition.MAX_TEXT));
    return new Transition.Standing(
        id,
        state,
        reason,
        place,
        in.list(Transition.MAX_PARTS, StandingFrames::readRecord),
        in.flag(),
        in.u64(),
        in.list(Transition.MAX_PARTS, Transition::readPart));
  }

  private static void writeRecord(CanonicalWriter out, OutboxRecord record) {
    out.hash(record.txId())
        .fixed(record.patientKey())
        .u64(record.sequence())
        .u64(record.expiryHeight())
        .u32(record.epoch())
        .u64(record.height())
        .flag(record.retired());
  }

  private static OutboxRecord readRecord(CanonicalReader in) {
    return new OutboxRecord(
        in.hash(),
        in.fixed(Transition.PATIENT_KEY_LENGTH),
        in.u64(),
        in.u64(),
        in.u32(),
        in.u64(),
        in.flag());
  }
}
