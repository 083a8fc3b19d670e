package org.medseal.ledger.engine;

import java.util.List;
import java.util.Optional;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.ReplicaReceipt;
import org.medseal.ledger.model.ValidatorSet;

/**
 * The deterministic state machine, in the terms of ABCI 2.0, so that the embedded engine and an
 * external one can drive it. All calls but {@link #check} come from one thread, in order.
 */
public interface Application {
  /** Height and state root of what is durable; height 0 before the first block. */
  Info info();

  /**
   * Names of all institutions there ever were, in the order of their admission; only grows. Peers
   * are numbered by it.
   */
  List<String> institutions();

  /** Called once, at height 0. */
  InitChain initChain(Genesis genesis);

  /** May this enter the mempool? From any thread; costly checks are cached by id. */
  Verdict check(IdentifiedTransaction transaction);

  /**
   * Chooses and orders; what a correct node prepares every correct node accepts. Works on a
   * throw-away overlay.
   */
  List<IdentifiedTransaction> prepare(PrepareRequest request);

  /** Is every transaction allowed here, in this order? Works on a throw-away overlay. */
  boolean process(ProcessRequest request);

  /** Executes a decided block on an overlay that {@link #commit} makes durable. */
  Finalized finalizeBlock(FinalizeRequest request);

  /** Durable when it returns. */
  void commit();

  record Info(long height, Hash stateRoot) {}

  record InitChain(ValidatorSet validators, Hash stateRoot) {}

  /**
   * What to choose from.
   *
   * @param availability the receipts a block with all candidates would carry
   */
  record PrepareRequest(
      long height,
      long timeMs,
      List<IdentifiedTransaction> candidates,
      int maxBytes,
      Availability availability) {
    /** Without receipts: no candidate with chunks is chosen. */
    public PrepareRequest(
        long height, long timeMs, List<IdentifiedTransaction> candidates, int maxBytes) {
      this(height, timeMs, candidates, maxBytes, Availability.NONE);
    }
  }

  /**
   * What is proposed.
   *
   * @param availability the receipts the block carries
   */
  record ProcessRequest(
      long height,
      long timeMs,
      List<IdentifiedTransaction> transactions,
      Availability availability) {
    /** A block without receipts. */
    public ProcessRequest(long height, long timeMs, List<IdentifiedTransaction> transactions) {
      this(height, timeMs, transactions, Availability.NONE);
    }
  }

  /**
   * What is decided.
   *
   * @param validators of the block's height, among whom replicas are chosen
   */
  record FinalizeRequest(Hash blockId, Block block, ValidatorSet validators) {
    /** A block whose records are all inline. */
    public FinalizeRequest(Hash blockId, Block block) {
      this(blockId, block, Availability.NONE.validators());
    }
  }

  /**
   * What shows that blobs are kept; it stands in the block outside the transactions, so that every
   * validator judges alike.
   *
   * @param validators of the block's height, among whom replicas are chosen
   * @param receipts for each blob as many as the parameters ask for, in their order
   */
  record Availability(ValidatorSet validators, List<ReplicaReceipt> receipts) {
    public static final Availability NONE =
        new Availability(new ValidatorSet(List.of()), List.of());

    public Availability {
      receipts = List.copyOf(receipts);
    }
  }

  /**
   * What executing a block gave.
   *
   * @param nextValidators takes effect two heights on; empty when unchanged
   * @param receiptsRoot over the results, in block order
   */
  record Finalized(
      List<Verdict> results,
      Optional<ValidatorSet> nextValidators,
      Hash stateRoot,
      Hash receiptsRoot) {}
}
