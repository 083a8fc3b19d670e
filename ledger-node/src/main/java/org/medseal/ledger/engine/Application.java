package org.medseal.ledger.engine;

import java.util.List;
import java.util.Optional;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.ValidatorSet;

/**
 * The deterministic state machine, in the terms of ABCI 2.0, so that the embedded engine and an
 * external one can drive it. All calls but {@link #check} come from one thread, in order.
 */
public interface Application {
  /** Height and state root of what is durable; height 0 before the first block. */
  Info info();

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

  record PrepareRequest(
      long height, long timeMs, List<IdentifiedTransaction> candidates, int maxBytes) {}

  record ProcessRequest(long height, long timeMs, List<IdentifiedTransaction> transactions) {}

  record FinalizeRequest(Hash blockId, Block block) {}

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
