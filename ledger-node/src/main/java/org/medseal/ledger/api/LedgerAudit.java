package org.medseal.ledger.api;

import java.util.Optional;
import java.util.OptionalLong;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Checkpoint;
import org.medseal.ledger.model.Hash;

/**
 * What a node shows auditors and operators of its own copy. All calls from any thread. What cannot
 * be proven from this copy is a ProofException NOT_FOUND that says why.
 */
public interface LedgerAudit {
  /**
   * A proof file that the ledger holds a transaction.
   *
   * @param checkpoint height of the checkpoint its reader has; empty for the genesis
   */
  Optional<Bytes> inclusionProof(Hash transaction, OptionalLong checkpoint);

  /** A proof file that the history at the later height continues the one at the earlier. */
  Optional<Bytes> consistencyProof(long from, long to, OptionalLong checkpoint);

  /** Height and id of a block, to be given out of band. */
  Optional<Checkpoint> checkpoint(long height);

  /** The competition for a height, up to the next one, as the node keeps it. */
  Optional<ProposerTurn> turn(long height);

  /** The same, played again from the genesis over every header. */
  Optional<ProposerTurn> recomputedTurn(long height);

  Optional<DiskUse> disk();

  /** Of a ledger that keeps nothing to show. */
  static LedgerAudit none() {
    return NoAudit.INSTANCE;
  }
}
