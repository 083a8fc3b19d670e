package org.medseal.ledger.net;

import java.util.Optional;
import org.medseal.ledger.codec.Limits;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.net.PeerListener.Answer;

/**
 * First byte of a frame. It bounds the frame before anything is allocated, and says which queue it
 * waits in.
 */
enum FrameType {
  HELLO(0),
  PING(1),
  CONSENSUS(2),
  PROPOSAL(3),
  BLOCKS(4),
  TRANSACTIONS(5),
  SNAPSHOTS(8),
  OLDER(9),
  BLOBS(10),
  CHUNKS(11);

  /** Which queue goes first. */
  enum Priority {
    URGENT,
    BLOCKS,
    TRANSACTIONS,
    CHUNKS
  }

  private static final int SMALL_BYTES = 64 << 10;

  /** Certificate, evidence, receipts and header beside a block's transactions. */
  private static final int AROUND_BLOCK_BYTES = 1 << 20;

  /** Root, place and path beside a chunk's bytes. */
  private static final int AROUND_PIECE_BYTES = 2 << 10;

  private static final int RESPONSE_BYTES = 4 << 20;

  private final int code;

  FrameType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** Empty for a code nobody has. */
  static Optional<FrameType> of(int code) {
    for (FrameType type : values()) {
      if (type.code == code) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  static FrameType of(PeerMessage message) {
    if (message instanceof PeerMessage.ProposalMessage) {
      return PROPOSAL;
    }
    if (message instanceof PeerMessage.BlocksResponse) {
      return BLOCKS;
    }
    if (message instanceof PeerMessage.SnapshotPart) {
      return SNAPSHOTS;
    }
    if (message instanceof PeerMessage.OlderResponse) {
      return OLDER;
    }
    if (message instanceof PeerMessage.ChunkPiece) {
      return CHUNKS;
    }
    if (message instanceof PeerMessage.BlobMessage) {
      return BLOBS;
    }
    boolean spreads =
        message instanceof PeerMessage.TransactionsMessage
            || message instanceof PeerMessage.StemMessage
            || message instanceof PeerMessage.OfferMessage
            || message instanceof PeerMessage.WantMessage;
    return spreads ? TRANSACTIONS : CONSENSUS;
  }

  /** What it answers; empty for a frame that may come unasked. */
  Optional<Answer> answer() {
    return switch (this) {
      case SNAPSHOTS -> Optional.of(Answer.SNAPSHOT_PART);
      case OLDER -> Optional.of(Answer.OLDER_BLOCKS);
      case CHUNKS -> Optional.of(Answer.CHUNK_PIECE);
      default -> Optional.empty();
    };
  }

  Priority priority() {
    return switch (this) {
      case BLOCKS, SNAPSHOTS, OLDER -> Priority.BLOCKS;
      case TRANSACTIONS, BLOBS -> Priority.TRANSACTIONS;
      case CHUNKS -> Priority.CHUNKS;
      default -> Priority.URGENT;
    };
  }

  /** Largest payload. */
  int maxBytes(Genesis genesis) {
    int block = genesis.parameters().maxBlockBytes() + AROUND_BLOCK_BYTES;
    return switch (this) {
      case HELLO -> 256;
      case PING -> 0;
      case CONSENSUS, BLOBS -> SMALL_BYTES;
      case CHUNKS -> PeerMessage.ChunkPiece.MAX_BYTES + AROUND_PIECE_BYTES;
      case SNAPSHOTS -> PeerMessage.SnapshotPart.MAX_BYTES + AROUND_PIECE_BYTES;
      case OLDER -> RESPONSE_BYTES + 128 * SMALL_BYTES + block;
      case PROPOSAL -> block;
      case BLOCKS -> RESPONSE_BYTES + 64 * SMALL_BYTES + block;
      case TRANSACTIONS -> Limits.TRANSACTION + AROUND_BLOCK_BYTES;
    };
  }
}
