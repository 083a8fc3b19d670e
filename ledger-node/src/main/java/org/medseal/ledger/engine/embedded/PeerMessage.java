package org.medseal.ledger.engine.embedded;

import java.util.List;
import java.util.Optional;
import org.medseal.ledger.consensus.Step;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.ReplicaReceipt;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

/** What nodes say to each other. Everything in it is hostile until checked. */
public sealed interface PeerMessage {
  record ProposalMessage(Proposal proposal, Block block) implements PeerMessage {}

  record VoteMessage(Vote vote) implements PeerMessage {}

  /**
   * Where the sender stands and what it holds, so that the receiver can send what is missing.
   *
   * @param height being decided; the sender claims to hold all blocks below
   * @param lowest of the blocks it holds; 1 unless it joined by a snapshot and still lacks some
   * @param rounds those the sender still works with, at most {@link #MAX_ROUNDS}
   */
  record StatusMessage(long height, long lowest, int round, Step step, List<RoundStatus> rounds)
      implements PeerMessage {
    public static final int MAX_ROUNDS = 8;

    public StatusMessage {
      rounds = List.copyOf(rounds);
    }

    /** Of a node that holds all blocks. */
    public StatusMessage(long height, int round, Step step, List<RoundStatus> rounds) {
      this(height, 1, round, step, rounds);
    }
  }

  /**
   * What a node holds of one round.
   *
   * @param prevoted block a quorum has prevoted, if any
   * @param precommitted block a quorum has precommitted, if any
   */
  record RoundStatus(
      int round,
      boolean proposal,
      Voters prevotes,
      Voters precommits,
      Optional<Hash> prevoted,
      Optional<Hash> precommitted) {}

  /**
   * Asks for the votes for one block that the sender lacks, after the receiver claimed a quorum.
   *
   * @param known whose votes for this block the sender has
   */
  record VotesRequest(long height, int round, VoteType type, Hash blockId, Voters known)
      implements PeerMessage {}

  /** Asks for decided blocks, both ends included. */
  record BlocksRequest(long from, long to) implements PeerMessage {}

  /** Ascending, without gaps, possibly fewer than asked for, never more. */
  record BlocksResponse(List<StoredBlock> blocks) implements PeerMessage {
    public BlocksResponse {
      blocks = List.copyOf(blocks);
    }
  }

  /**
   * After a start: which signatures of this key does the receiver know, and where does it stand?
   *
   * @param key Ed25519, of the asking validator
   */
  record WitnessRequest(Bytes key) implements PeerMessage {}

  /**
   * The latest of each kind that the asking validator has signed at the height being decided.
   *
   * @param height being decided; the sender claims to hold all blocks below
   */
  record WitnessAnswer(long height, List<Vote> votes, List<Proposal> proposals)
      implements PeerMessage {
    /** One prevote and one precommit. */
    public static final int MAX_VOTES = 2;

    public static final int MAX_PROPOSALS = 1;

    public WitnessAnswer {
      votes = List.copyOf(votes);
      proposals = List.copyOf(proposals);
    }
  }

  /** What a node joins with by a snapshot; never the engine thread's. */
  sealed interface SnapshotMessage extends PeerMessage {}

  /** Which snapshots has the receiver? */
  record SnapshotsRequest() implements SnapshotMessage {}

  /**
   * Which snapshots the sender has.
   *
   * @param heights of the blocks they are after
   */
  record SnapshotsAnswer(List<Long> heights) implements SnapshotMessage {
    public static final int MAX_HEIGHTS = 8;

    public SnapshotsAnswer {
      heights = List.copyOf(heights);
    }
  }

  /**
   * Asks for a piece of the snapshot after that block.
   *
   * @param from for the head the height of the asker's checkpoint, else the first piece, root or
   *     look-up wanted
   */
  record SnapshotPartRequest(long height, SnapshotPart.Kind part, long from)
      implements SnapshotMessage {}

  /**
   * The answer, as the request names it.
   *
   * @param content empty if the sender does not have it
   */
  record SnapshotPart(long height, Kind part, long from, Bytes content) implements SnapshotMessage {
    public static final int MAX_BYTES = 1 << 20;

    /** What a snapshot consists of. */
    public enum Kind {
      /** Headers from the checkpoint to the block after the snapshot, and priorities. */
      HEAD(1),
      STATE(2),
      /** Roots of the whole runs of look-ups. */
      ROOTS(3),
      LOOKUPS(4);

      private final int code;

      Kind(int code) {
        this.code = code;
      }

      public int code() {
        return code;
      }
    }
  }

  /** Asks for blocks downwards from this height, with what executing them gave. */
  record OlderRequest(long to) implements SnapshotMessage {}

  /** Descending, without gaps, from what was asked for; empty if the sender has not got them. */
  record OlderResponse(List<OlderBlock> blocks) implements SnapshotMessage {
    public static final int MAX_BLOCKS = 64;

    public OlderResponse {
      blocks = List.copyOf(blocks);
    }
  }

  /** About chunks outside the blocks; never the engine thread's. */
  sealed interface BlobMessage extends PeerMessage {}

  /**
   * The sender has this blob whole and asks the receiver to take it.
   *
   * @param stem the receiver is asked to pass it on to the replicas, whoever they are
   */
  record BlobOffer(Hash chunkRoot, long sizeBytes, boolean stem) implements BlobMessage {}

  /** Asks for one chunk. */
  record ChunkRequest(Hash chunkRoot, int index) implements BlobMessage {}

  /**
   * Part of a chunk; parts come in order.
   *
   * @param offset of these bytes in the chunk
   * @param path proof that the chunk's SHA-256 is leaf {@code index}; with the last part only
   */
  record ChunkPiece(Hash chunkRoot, int index, int offset, Bytes bytes, List<Hash> path)
      implements BlobMessage {
    /** Most bytes of one part: a vote that comes meanwhile waits for no more than this. */
    public static final int MAX_BYTES = 256 << 10;

    /** Siblings from a chunk of the largest blob to its root. */
    public static final int MAX_PATH = 32;

    public ChunkPiece {
      path = List.copyOf(path);
    }
  }

  /** The sender cannot give this chunk. */
  record ChunkRefusal(Hash chunkRoot, int index) implements BlobMessage {}

  /** The sender has taken a blob offered along the stem and passes it on. */
  record BlobTaken(Hash chunkRoot) implements BlobMessage {}

  /**
   * The sender takes in no chunks of others at the moment: of its disk nothing is left but what its
   * own ledger and intake need. Says nothing of any blob.
   */
  record DiskFull() implements BlobMessage {}

  /** Replicas' receipts for blobs that are not on the ledger yet. */
  record ReceiptsMessage(List<SizedReceipt> receipts) implements BlobMessage {
    public static final int MAX_RECEIPTS = 256;

    public ReceiptsMessage {
      receipts = List.copyOf(receipts);
    }
  }

  /** A receipt and the size it speaks of, which in a block the record tells. */
  record SizedReceipt(ReplicaReceipt receipt, long sizeBytes) {}

  record TransactionsMessage(List<IdentifiedTransaction> transactions) implements PeerMessage {
    public TransactionsMessage {
      transactions = List.copyOf(transactions);
    }
  }

  /** Anonymous records on their stem: to be checked, then handed on or gossiped. */
  record StemMessage(List<IdentifiedTransaction> transactions) implements PeerMessage {
    public StemMessage {
      transactions = List.copyOf(transactions);
    }
  }

  /** Ids of transactions that have been waiting in the sender's mempool. */
  record OfferMessage(List<Hash> ids) implements PeerMessage {
    public OfferMessage {
      ids = List.copyOf(ids);
    }
  }

  /** Asks for some of what the receiver offered. */
  record WantMessage(List<Hash> ids) implements PeerMessage {
    public WantMessage {
      ids = List.copyOf(ids);
    }
  }
}
