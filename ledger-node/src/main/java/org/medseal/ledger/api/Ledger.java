package org.medseal.ledger.api;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.medseal.ledger.engine.EngineStatus;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Transaction;

/** The ledger node as the rest of an institution's MedSeal sees it. All calls from any thread. */
public interface Ledger {
  Genesis genesis();

  /** Name of the institution this node belongs to. */
  String institution();

  /** Hears of blocks until closed; closing fails never. */
  interface Listening extends AutoCloseable {
    @Override
    void close();
  }

  /** OK means checked and pending here, not committed. Sending the same bytes again is harmless. */
  Verdict submit(Transaction transaction);

  /** Committed in this node's own copy; empty otherwise. */
  Optional<CommittedTransaction> find(Hash transactionId);

  /** Committed records carrying any of the tags, by ascending height and index. */
  List<RecordReference> recordsByTags(Collection<Hash> tags);

  /** Committed state after the newest block; immutable. */
  LedgerView view();

  Optional<Block> block(long height);

  EngineStatus status();

  /** Payloads outside the blocks. */
  default Blobs blobs() {
    return Blobs.none();
  }

  /** Proofs, proposer turns and disk use of this node's copy. */
  default LedgerAudit audit() {
    return LedgerAudit.none();
  }

  /**
   * Called after each block is durable, in order, on one thread; start with {@code fromHeight} to
   * hear of older ones first.
   */
  Listening onBlock(long fromHeight, Consumer<CommittedBlock> listener);
}
