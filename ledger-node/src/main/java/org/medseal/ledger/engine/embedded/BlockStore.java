package org.medseal.ledger.engine.embedded;

import java.util.Optional;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CommitCertificate;

/**
 * Decided blocks without gaps; the source of truth the index is rebuilt from. From height 1 on,
 * unless the node joined by a snapshot: then what lies before its {@link #base} comes later.
 */
public interface BlockStore {
  /** Of the last block; 0 when empty. */
  long height();

  Optional<StoredBlock> block(long height);

  /** From this height on all blocks are here; 1 unless blocks before the base are missing. */
  default long lowest() {
    return 1;
  }

  /** What the blocks stand on when the first ones were not executed here. */
  default Optional<Base> base() {
    return Optional.empty();
  }

  /** What {@link #append} was given beside the block; opaque. */
  Optional<Bytes> outcome(long height);

  /**
   * Durable when it returns. Heights come in order.
   *
   * @param outcome the engine's own note of what executing the block gave (roots, proposer
   *     priorities, a changed validator set), under 64 KiB; stored in the same frame, never sent to
   *     a peer
   */
  void append(StoredBlock block, Bytes outcome);

  /** A block with the proof that it was decided. */
  record StoredBlock(Block block, CommitCertificate certificate) {
    public long height() {
      return block.header().height();
    }
  }
}
