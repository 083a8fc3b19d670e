package org.medseal.ledger.app;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.api.RecordReference;
import org.medseal.ledger.codec.StateHistory;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.InstitutionTransaction;

/**
 * What the application keeps on disk: its state after the newest block, and look-ups over all
 * transactions. Never the source of truth: it can be rebuilt from the blocks. Readers may be on any
 * thread; {@link #commit} is called by one.
 */
public interface AppStore {
  /** Of the newest block committed here; 0 before the first. */
  long height();

  /** State after {@link #height}; empty at height 0. */
  Optional<byte[]> state();

  boolean containsTransaction(Hash id);

  boolean containsSalt(Bytes salt);

  Optional<Location> locate(Hash transactionId);

  /** Records carrying any of the tags, by ascending height and index; one reference a tag. */
  List<RecordReference> recordsByTags(Collection<Hash> tags);

  /** A request or trace and what was answered to it, by ascending height and index. */
  List<CommittedAction> actionsOn(Hash subject);

  /** All actions of a topic, by ascending height and index. */
  List<CommittedAction> actions(Topic topic);

  /**
   * The history in the state that the next {@link #commit} brings; a store from which no proofs are
   * made need not keep it.
   */
  default void keepHistory(StateHistory history) {}

  /** Everything of one block, or nothing of it. */
  void commit(long height, byte[] state, Block block, Hash blockId);

  /** Where a transaction stands, and whether it is a record. */
  record Location(long height, int index, boolean record) {}

  /** What a thread of actions is about; the code is what an index keeps. */
  enum Topic {
    ACCESS(1),
    TRACE(2),
    /** Joins and epochs of the signing group, under one subject. */
    GROUP(3),
    /** Audit anchors, under a subject for each institution. */
    AUDIT(4);

    private final int code;

    Topic(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }
  }

  /** An institution's action at its place on the ledger. */
  record CommittedAction(
      Hash id, long height, int index, long timeMs, InstitutionTransaction transaction) {
    CommittedTransaction committed() {
      return new CommittedTransaction(id, height, index, timeMs, transaction);
    }
  }
}
