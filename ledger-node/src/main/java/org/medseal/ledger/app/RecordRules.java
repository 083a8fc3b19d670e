package org.medseal.ledger.app;

import java.util.List;
import java.util.Optional;
import org.medseal.ledger.app.CustodianHistory.Period;
import org.medseal.ledger.app.GroupState.GroupEpoch;
import org.medseal.ledger.app.Overlay.Moment;
import org.medseal.ledger.codec.Limits;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.engine.Verdict.Code;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Parameters;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.RecordCore;
import org.medseal.ledger.model.RecordHeader;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.ledger.model.RecordWitness;

/** Which anonymous records may enter a block. */
final class RecordRules {
  private final Proofs proofs;

  RecordRules(Proofs proofs) {
    this.proofs = proofs;
  }

  Judgement judge(Hash id, RecordTransaction record, Overlay overlay) {
    RecordCore core = record.core();
    RecordHeader header = record.witness().header();
    if (core.version() != RecordCore.VERSION) {
      return Judgement.refused(Code.MALFORMED, "record version " + core.version());
    }
    if (!header.chainId().equals(core.chainId()) || header.format() != core.format()) {
      return Judgement.refused(Code.MALFORMED, "header and core name another chain or format");
    }
    if (!Transactions.witnessHash(record.witness()).equals(core.witnessHash())) {
      return Judgement.refused(Code.MALFORMED, "core does not commit to this witness");
    }
    Optional<CustodianSet> custodians = custodians(header.custodianSetVersion(), overlay);
    if (custodians.isEmpty()) {
      return Judgement.refused(
          Code.STALE_EPOCH, "custodian set " + header.custodianSetVersion() + " is not in force");
    }
    Optional<Judgement> witness = judgeWitness(record.witness(), custodians.get(), overlay);
    if (witness.isPresent()) {
      return witness.get();
    }
    if (overlay.containsSalt(header.salt())) {
      return Judgement.refused(Code.SALT_REUSED, "another record carries the same salt");
    }
    return epoch(core.epoch(), overlay)
        .map(epoch -> Judgement.provided(proofs.groupSignature(id, epoch, core)))
        .orElseGet(
            () ->
                Judgement.refused(
                    Code.STALE_EPOCH, "group epoch " + core.epoch() + " is not in force"));
  }

  private static Optional<Judgement> judgeWitness(
      RecordWitness witness, CustodianSet custodians, Overlay overlay) {
    List<Bytes> wraps = witness.wrappedKeys();
    if (wraps.size() != custodians.keys().size()) {
      return Optional.of(
          Judgement.refused(
              Code.MALFORMED,
              wraps.size() + " wrapped keys for " + custodians.keys().size() + " custodian keys"));
    }
    if (!wraps.stream().allMatch(WrapShape::isPlausible)) {
      return Optional.of(Judgement.refused(Code.MALFORMED, "a wrapped key is not one"));
    }
    Parameters parameters = overlay.state().facts().parameters();
    int limit = parameters.inlineLimitBytes();
    if (witness.payload() instanceof Payload.Blob blob) {
      return judgeBlob(blob, parameters);
    }
    if (witness.payload() instanceof Payload.Inline inline
        && inline.ciphertext().length() > limit) {
      return Optional.of(
          Judgement.refused(
              Code.TOO_LARGE,
              inline.ciphertext().length() + " bytes inline, " + limit + " are allowed"));
    }
    return Optional.empty();
  }

  /** Small ones stand in the block; that the chunks are kept is judged with the whole block. */
  private static Optional<Judgement> judgeBlob(Payload.Blob blob, Parameters parameters) {
    if (blob.sizeBytes() <= parameters.inlineLimitBytes()) {
      return Optional.of(
          Judgement.refused(
              Code.NOT_ALLOWED, blob.sizeBytes() + " bytes belong into the block, not in chunks"));
    }
    long largest = Math.min(Limits.BLOB, parameters.blobs().quotaBytes());
    return blob.sizeBytes() > largest
        ? Optional.of(
            Judgement.refused(
                Code.TOO_LARGE, blob.sizeBytes() + " bytes in chunks, " + largest + " are allowed"))
        : Optional.empty();
  }

  /** The present set, or for a few blocks more the one before. */
  private static Optional<CustodianSet> custodians(int version, Overlay overlay) {
    Period current = overlay.state().custodians().current();
    int present = current.custodians().version();
    if (version == present
        || (version == present - 1 && isWithinGrace(current.startHeight(), overlay))) {
      return overlay.state().custodians().version(version);
    }
    return Optional.empty();
  }

  /** The current epoch, or for a few blocks more the one before. */
  private static Optional<GroupEpoch> epoch(int number, Overlay overlay) {
    GroupEpoch current = overlay.state().group().current();
    if (number == current.epoch()
        || (number == current.epoch() - 1 && isWithinGrace(current.startHeight(), overlay))) {
      return overlay.state().group().epoch(number);
    }
    return Optional.empty();
  }

  private static boolean isWithinGrace(long startHeight, Overlay overlay) {
    Moment moment = overlay.moment();
    return moment.height() - startHeight <= overlay.state().facts().parameters().epochGraceBlocks();
  }
}
