package org.medseal.ledger.codec;

import org.medseal.ledger.codec.CodecException.Reason;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.GroupMember;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.InstitutionTransaction;
import org.medseal.ledger.model.RecordCore;
import org.medseal.ledger.model.RecordHeader;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.ledger.model.RecordWitness;
import org.medseal.ledger.model.Transaction;

/**
 * Canonical form, ids and signed bytes of transactions. A transaction has exactly one encoding;
 * whatever else is offered is a {@link CodecException}.
 */
public final class Transactions {
  private static final int RECORD = 1;
  private static final int INSTITUTION = 2;

  private Transactions() {}

  /** With id and bytes; a value outside the bounds of {@link Limits} is refused here. */
  public static IdentifiedTransaction identify(Transaction transaction) {
    return decode(encode(transaction));
  }

  public static IdentifiedTransaction decode(byte[] bytes) {
    if (bytes.length > Limits.TRANSACTION) {
      throw new CodecException(Reason.TOO_LONG, "transaction of " + bytes.length + " bytes");
    }
    CanonicalReader in = new CanonicalReader(bytes);
    int kind = in.u8();
    Transaction transaction =
        switch (kind) {
          case RECORD -> new RecordTransaction(Records.readCore(in), Records.readWitness(in));
          case INSTITUTION -> readInstitution(in);
          default -> throw new CodecException(Reason.BAD_VALUE, "unknown transaction " + kind);
        };
    in.end();
    return new IdentifiedTransaction(id(transaction, bytes), transaction, Bytes.of(bytes));
  }

  public static byte[] encode(Transaction transaction) {
    CanonicalWriter out = new CanonicalWriter();
    if (transaction instanceof RecordTransaction record) {
      out.u8(RECORD);
      Records.writeCore(out, record.core());
      Records.writeWitness(out, record.witness());
    } else if (transaction instanceof InstitutionTransaction signed) {
      out.u8(INSTITUTION);
      writeUnsigned(out, signed);
      out.fixed(signed.signature());
    }
    return out.toByteArray();
  }

  /** Associated data of the record's cipher. */
  public static byte[] headerBytes(RecordHeader header) {
    CanonicalWriter out = new CanonicalWriter();
    Records.writeHeader(out, header);
    return out.toByteArray();
  }

  public static byte[] witnessBytes(RecordWitness witness) {
    CanonicalWriter out = new CanonicalWriter();
    Records.writeWitness(out, witness);
    return out.toByteArray();
  }

  public static Hash witnessHash(RecordWitness witness) {
    return Sha256.of(witnessBytes(witness));
  }

  /**
   * What the group signs: SHA-256 of all fields before the signature, 32 bytes. Any 352 bytes may
   * stand in for the signature meanwhile.
   */
  public static byte[] coreDigest(RecordCore core) {
    CanonicalWriter out = new CanonicalWriter();
    Records.writeUnsignedCore(out, core);
    return Sha256.of(out).toArray();
  }

  /**
   * What the institution signs: all fields before the signature. Any 64 bytes may stand in for it
   * meanwhile.
   */
  public static byte[] institutionSignBytes(InstitutionTransaction transaction) {
    CanonicalWriter out = new CanonicalWriter();
    writeUnsigned(out, transaction);
    return out.toByteArray();
  }

  /** What a joining institution signs: the chain id and all fields before the signature. */
  public static byte[] groupMemberSignBytes(String chainId, GroupMember member) {
    return new CanonicalWriter()
        .domain(Domain.MEMBER_JOIN)
        .string(chainId)
        .string(member.institution())
        .bytes(member.commitment())
        .bytes(member.proof())
        .bytes(member.nonce())
        .toByteArray();
  }

  private static Hash id(Transaction transaction, byte[] encoded) {
    if (transaction instanceof RecordTransaction record) {
      CanonicalWriter out = new CanonicalWriter();
      Records.writeCore(out, record.core());
      return Sha256.of(out);
    }
    return Sha256.of(encoded);
  }

  private static void writeUnsigned(CanonicalWriter out, InstitutionTransaction transaction) {
    out.domain(Domain.INSTITUTION_TRANSACTION)
        .string(transaction.chainId())
        .string(transaction.institution())
        .u64(transaction.expiryHeight())
        .fixed(transaction.nonce());
    Actions.write(out, transaction.action());
  }

  private static InstitutionTransaction readInstitution(CanonicalReader in) {
    in.domain(Domain.INSTITUTION_TRANSACTION);
    return new InstitutionTransaction(
        in.string(Limits.CHAIN_ID),
        in.string(Limits.NAME),
        in.u64(),
        in.fixed(InstitutionTransaction.NONCE_LENGTH),
        Actions.read(in),
        in.fixed(InstitutionTransaction.SIGNATURE_LENGTH));
  }
}
