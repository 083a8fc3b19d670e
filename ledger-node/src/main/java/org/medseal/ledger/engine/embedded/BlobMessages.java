package org.medseal.ledger.engine.embedded;

import java.util.Optional;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.codec.CodecException.Reason;
import org.medseal.ledger.codec.Limits;
import org.medseal.ledger.engine.embedded.PeerMessage.BlobMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.BlobOffer;
import org.medseal.ledger.engine.embedded.PeerMessage.BlobTaken;
import org.medseal.ledger.engine.embedded.PeerMessage.ChunkPiece;
import org.medseal.ledger.engine.embedded.PeerMessage.ChunkRefusal;
import org.medseal.ledger.engine.embedded.PeerMessage.ChunkRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.DiskFull;
import org.medseal.ledger.engine.embedded.PeerMessage.ReceiptsMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.SizedReceipt;
import org.medseal.ledger.model.Payload;

/** Canonical form of what nodes say of chunks. */
final class BlobMessages {
  private static final int OFFER = 30;
  private static final int REQUEST = 31;
  private static final int PIECE = 32;
  private static final int REFUSAL = 33;
  private static final int TAKEN = 34;
  private static final int RECEIPTS = 35;
  private static final int DISK_FULL = 36;
  private static final int MAX_CHUNKS = Payload.Blob.chunks(Limits.BLOB);

  private BlobMessages() {}

  static void write(CanonicalWriter out, BlobMessage message) {
    if (message instanceof BlobOffer offer) {
      out.u8(OFFER).hash(offer.chunkRoot()).u64(offer.sizeBytes()).flag(offer.stem());
    } else if (message instanceof ChunkRequest request) {
      out.u8(REQUEST).hash(request.chunkRoot()).u32(request.index());
    } else if (message instanceof ChunkPiece piece) {
      out.u8(PIECE).hash(piece.chunkRoot()).u32(piece.index()).u32(piece.offset());
      out.bytes(piece.bytes()).list(piece.path(), CanonicalWriter::hash);
    } else if (message instanceof ChunkRefusal refusal) {
      out.u8(REFUSAL).hash(refusal.chunkRoot()).u32(refusal.index());
    } else if (message instanceof BlobTaken taken) {
      out.u8(TAKEN).hash(taken.chunkRoot());
    } else if (message instanceof ReceiptsMessage receipts) {
      out.u8(RECEIPTS).list(receipts.receipts(), BlobMessages::writeReceipt);
    } else if (message instanceof DiskFull) {
      out.u8(DISK_FULL);
    }
  }

  /** Empty for a type that is none of these. */
  static Optional<PeerMessage> read(int type, CanonicalReader in) {
    return switch (type) {
      case OFFER -> Optional.of(new BlobOffer(in.hash(), readSize(in), in.flag()));
      case REQUEST -> Optional.of(new ChunkRequest(in.hash(), readIndex(in)));
      case PIECE -> Optional.of(readPiece(in));
      case REFUSAL -> Optional.of(new ChunkRefusal(in.hash(), readIndex(in)));
      case TAKEN -> Optional.of(new BlobTaken(in.hash()));
      case RECEIPTS ->
          Optional.of(
              new ReceiptsMessage(
                  in.list(ReceiptsMessage.MAX_RECEIPTS, BlobMessages::readReceipt)));
      case DISK_FULL -> Optional.of(new DiskFull());
      default -> Optional.empty();
    };
  }

  private static ChunkPiece readPiece(CanonicalReader in) {
    ChunkPiece piece =
        new ChunkPiece(
            in.hash(),
            readIndex(in),
            in.u32(),
            in.bytes(ChunkPiece.MAX_BYTES),
            in.list(ChunkPiece.MAX_PATH, CanonicalReader::hash));
    if ((long) piece.offset() + piece.bytes().length() > Payload.Blob.CHUNK_BYTES
        || piece.bytes().length() == 0) {
      throw new CodecException(Reason.BAD_VALUE, "bytes outside the chunk");
    }
    return piece;
  }

  private static long readSize(CanonicalReader in) {
    long size = in.u64();
    if (size < 1 || size > Limits.BLOB) {
      throw new CodecException(Reason.BAD_VALUE, "a blob of " + size + " bytes");
    }
    return size;
  }

  private static int readIndex(CanonicalReader in) {
    int index = in.u32();
    if (index >= MAX_CHUNKS) {
      throw new CodecException(Reason.BAD_VALUE, "chunk " + index);
    }
    return index;
  }

  private static void writeReceipt(CanonicalWriter out, SizedReceipt sized) {
    Blocks.writeReplicaReceipt(out, sized.receipt());
    out.u64(sized.sizeBytes());
  }

  private static SizedReceipt readReceipt(CanonicalReader in) {
    return new SizedReceipt(Blocks.readReplicaReceipt(in), readSize(in));
  }
}
