package org.medseal.ledger.proof;

import java.util.ArrayList;
import java.util.List;
import org.medseal.ledger.codec.Registries;
import org.medseal.ledger.model.Checkpoint;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;

/** What somebody trusts before seeing a proof. */
public sealed interface Anchor {
  /** The file every institution of the consortium started from. */
  record OfGenesis(Genesis genesis) implements Anchor {}

  /** A block's height and id, given out of band by somebody who is trusted. */
  record OfCheckpoint(Checkpoint checkpoint) implements Anchor {}

  /** The genesis as the block before the first one. */
  static Trusted trusted(Genesis genesis) {
    List<Validator> validators = new ArrayList<>();
    for (Institution each : genesis.institutions()) {
      validators.add(
          new Validator(validators.size(), each.name(), each.validatorKey(), each.stake()));
    }
    return new Trusted(
        0, Registries.genesisHash(genesis), genesis.timeMs(), new ValidatorSet(validators));
  }
}
