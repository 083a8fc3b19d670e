package org.medseal.ledger.codec;

import java.util.ArrayList;
import java.util.List;
import org.medseal.ledger.codec.CodecException.Reason;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.RecordCore;
import org.medseal.ledger.model.RecordFormat;
import org.medseal.ledger.model.RecordHeader;
import org.medseal.ledger.model.RecordWitness;

/** Canonical form of a record's header, witness and core. */
final class Records {
  private static final int INLINE = 1;
  private static final int BLOB = 2;

  private Records() {}

  static void writeHeader(CanonicalWriter out, RecordHeader header) {
    out.domain(Domain.RECORD_HEADER)
        .string(header.chainId())
        .u8(header.format().code())
        .fixed(header.salt())
        .u32(header.custodianSetVersion());
    header.tags().forEach(out::hash);
    out.hash(header.eraseLock());
  }

  static RecordHeader readHeader(CanonicalReader in) {
    in.domain(Domain.RECORD_HEADER);
    String chainId = in.string(Limits.CHAIN_ID);
    RecordFormat format = readFormat(in);
    Bytes salt = in.fixed(RecordHeader.SALT_LENGTH);
    int custodianSetVersion = in.u32();
    List<Hash> tags = new ArrayList<>(RecordHeader.TAGS);
    for (int i = 0; i < RecordHeader.TAGS; i++) {
      tags.add(in.hash());
    }
    return new RecordHeader(chainId, format, salt, custodianSetVersion, tags, in.hash());
  }

  static void writeWitness(CanonicalWriter out, RecordWitness witness) {
    out.domain(Domain.RECORD_WITNESS);
    writeHeader(out, witness.header());
    out.list(witness.wrappedKeys(), CanonicalWriter::bytes);
    if (witness.payload() instanceof Payload.Inline inline) {
      out.u8(INLINE).bytes(inline.ciphertext());
    } else if (witness.payload() instanceof Payload.Blob blob) {
      out.u8(BLOB).hash(blob.chunkRoot()).u64(blob.sizeBytes()).u32(blob.chunkCount());
    }
  }

  static RecordWitness readWitness(CanonicalReader in) {
    in.domain(Domain.RECORD_WITNESS);
    RecordHeader header = readHeader(in);
    List<Bytes> wraps = in.list(Limits.CUSTODIAN_KEYS, each -> each.bytes(Limits.WRAPPED_KEY));
    return new RecordWitness(header, wraps, readPayload(in));
  }

  private static Payload readPayload(CanonicalReader in) {
    int kind = in.u8();
    return switch (kind) {
      case INLINE -> new Payload.Inline(in.bytes(Limits.CIPHERTEXT));
      case BLOB -> readBlob(in);
      default -> throw new CodecException(Reason.BAD_VALUE, "unknown payload kind " + kind);
    };
  }

  private static Payload readBlob(CanonicalReader in) {
    Hash root = in.hash();
    long sizeBytes = in.u64();
    int chunkCount = in.u32();
    if (sizeBytes <= 0 || sizeBytes > Limits.BLOB || chunkCount != Payload.Blob.chunks(sizeBytes)) {
      throw new CodecException(
          Reason.BAD_VALUE, "a blob of " + sizeBytes + " bytes in " + chunkCount + " chunks");
    }
    return new Payload.Blob(root, sizeBytes, chunkCount);
  }

  static void writeCore(CanonicalWriter out, RecordCore core) {
    writeUnsignedCore(out, core);
    out.fixed(core.groupSignature());
  }

  static void writeUnsignedCore(CanonicalWriter out, RecordCore core) {
    out.domain(Domain.RECORD_CORE)
        .u8(core.version())
        .string(core.chainId())
        .u32(core.epoch())
        .u64(core.expiryHeight())
        .u8(core.format().code())
        .hash(core.witnessHash())
        .hash(core.keyCommitment());
  }

  static RecordCore readCore(CanonicalReader in) {
    in.domain(Domain.RECORD_CORE);
    return new RecordCore(
        in.u8(),
        in.string(Limits.CHAIN_ID),
        in.u32(),
        in.u64(),
        readFormat(in),
        in.hash(),
        in.hash(),
        in.fixed(RecordCore.GROUP_SIGNATURE_LENGTH));
  }

  private static RecordFormat readFormat(CanonicalReader in) {
    int code = in.u8();
    for (RecordFormat format : RecordFormat.values()) {
      if (format.code() == code) {
        return format;
      }
    }
    throw new CodecException(Reason.BAD_VALUE, "unknown record format " + code);
  }
}
