package org.medseal.tracing;

import java.util.List;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.RecordCore;
import org.medseal.ledger.model.RecordFormat;
import org.medseal.ledger.model.RecordHeader;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.ledger.model.RecordWitness;

/** The signed part of a record; its hash is the record's id. Binary fields are hexadecimal. */
public record SignedCore(
    int version,
    String chainId,
    int epoch,
    long expiryHeight,
    String format,
    String witnessHash,
    String keyCommitment,
    String groupSignature) {
  static SignedCore of(RecordCore core) {
    return new SignedCore(
        core.version(),
        core.chainId(),
        core.epoch(),
        core.expiryHeight(),
        core.format().name(),
        core.witnessHash().hex(),
        core.keyCommitment().hex(),
        core.groupSignature().hex());
  }

  /** IllegalArgumentException if a field is none of a record's. */
  RecordCore decoded() {
    return new RecordCore(
        version,
        chainId,
        epoch,
        expiryHeight,
        RecordFormat.valueOf(format),
        Hash.fromHex(witnessHash),
        Hash.fromHex(keyCommitment),
        Bytes.fromHex(groupSignature));
  }

  /** The id hashes the core alone, so any witness gives the same one. */
  static Hash recordId(RecordCore core) {
    RecordHeader header =
        new RecordHeader(
            core.chainId(),
            core.format(),
            Bytes.of(new byte[RecordHeader.SALT_LENGTH]),
            1,
            List.of(Hash.ZERO, Hash.ZERO, Hash.ZERO, Hash.ZERO),
            Hash.ZERO);
    RecordWitness witness = new RecordWitness(header, List.of(), new Payload.Inline(Bytes.empty()));
    return Transactions.identify(new RecordTransaction(core, witness)).id();
  }
}
