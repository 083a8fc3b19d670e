package org.medseal.ledger.sim;

import java.util.Optional;
import org.medseal.ledger.app.InMemoryStore;
import org.medseal.ledger.app.LedgerApplication;
import org.medseal.ledger.engine.Application.FinalizeRequest;
import org.medseal.ledger.engine.Application.Finalized;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.ValidatorSet;

/** What executing the decided blocks gives, in their order, apart from all nodes. */
interface Execution {
  /**
   * What one block gives.
   *
   * @param validators of two heights on, if they change
   */
  record Effect(Optional<ValidatorSet> validators, Hash root) {}

  Effect of(StoredBlock block, Hash rootBefore);

  /** Of the simulator's small application. */
  static Execution simple(Genesis genesis) {
    return (stored, rootBefore) -> {
      Hash root = rootBefore;
      for (var each : stored.block().transactions()) {
        root = Hash.of(SimKeys.sha256(root.toArray(), each.id().toArray()));
      }
      boolean changes =
          stored.block().transactions().stream().anyMatch(SimApplication::changesStake);
      return new Effect(
          changes
              ? Optional.of(SimApplication.validators(genesis, stored.height()))
              : Optional.empty(),
          root);
    };
  }

  /** Of the ledger's own rules. */
  static Execution real(Genesis genesis) {
    LedgerApplication rules =
        new LedgerApplication(genesis, new InMemoryStore(), RealApplication.CHECKS);
    rules.initChain(genesis);
    return (stored, rootBefore) -> {
      Finalized done =
          rules.finalizeBlock(new FinalizeRequest(stored.certificate().blockId(), stored.block()));
      rules.commit();
      return new Effect(done.nextValidators(), done.stateRoot());
    };
  }
}
