package org.medseal.ledger.engine.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.consensus.ProposerRotation;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;

/** Who could vote and whose turn it was at any height, read from what stands beside the blocks. */
public final class ValidatorHistory {
  private final ValidatorSet genesisValidators;
  private final BlockStore store;

  public ValidatorHistory(Genesis genesis, BlockStore store) {
    this.genesisValidators = ofGenesis(genesis);
    this.store = store;
  }

  /** Everybody in the genesis, in its order. */
  static ValidatorSet ofGenesis(Genesis genesis) {
    List<Validator> validators = new ArrayList<>();
    for (Institution each : genesis.institutions()) {
      validators.add(
          new Validator(validators.size(), each.name(), each.validatorKey(), each.stake()));
    }
    return new ValidatorSet(validators);
  }

  /** Of heights 1 to the one after the newest block; empty beyond, and where blocks are missing. */
  public Optional<ValidatorSet> validators(long height) {
    if (height == 1) {
      return Optional.of(genesisValidators);
    }
    Optional<Base> base = store.base().filter(each -> each.knows(height));
    return base.isPresent()
        ? base.map(each -> each.validatorsAt(height))
        : outcome(height - 1).flatMap(each -> givenBy(each.setBlock()));
  }

  /** The rotation at round 0 of a height, as the node keeps it. */
  public Optional<ProposerRotation> rotation(long height) {
    if (height == 1) {
      return Optional.of(ProposerRotation.start(genesisValidators));
    }
    if (store.base().map(each -> each.height() + 1 == height).orElse(false)) {
      return store.base().map(Base::rotation);
    }
    return validators(height)
        .flatMap(
            set -> outcome(height - 1).map(each -> new ProposerRotation(set, each.priorities())));
  }

  /**
   * The same played again from the genesis: a turn a height, another set wherever the headers say
   * that the validators changed.
   */
  public Optional<ProposerRotation> recompute(long height) {
    ProposerRotation rotation = ProposerRotation.start(genesisValidators);
    for (long each = 1; each < height; each++) {
      Optional<BlockHeader> header = store.block(each).map(stored -> stored.block().header());
      if (header.isEmpty()) {
        return Optional.empty();
      }
      Hash next = header.get().nextValidatorsHash();
      rotation = rotation.next();
      if (!next.equals(header.get().validatorsHash())) {
        Optional<ValidatorSet> changed =
            validators(each + 1).filter(set -> Blocks.validatorsHash(set).equals(next));
        if (changed.isEmpty()) {
          return Optional.empty();
        }
        rotation = rotation.withValidators(changed.get());
      }
    }
    return height < 1 ? Optional.empty() : Optional.of(rotation);
  }

  private Optional<Outcome> outcome(long height) {
    return height < 1 ? Optional.empty() : store.outcome(height).map(Outcome::decode);
  }

  private Optional<ValidatorSet> givenBy(long block) {
    if (block == 0) {
      return Optional.of(genesisValidators);
    }
    return store
        .base()
        .flatMap(each -> each.givenBy(block))
        .or(() -> outcome(block).flatMap(Outcome::changed));
  }
}
