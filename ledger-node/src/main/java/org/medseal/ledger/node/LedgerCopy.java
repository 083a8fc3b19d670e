package org.medseal.ledger.node;

import java.util.List;
import java.util.Optional;
import org.medseal.ledger.codec.StateHistory;
import org.medseal.ledger.engine.embedded.BlockStore;
import org.medseal.ledger.engine.embedded.ValidatorHistory;
import org.medseal.ledger.index.H2Index;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.proof.LightBlock;
import org.medseal.ledger.proof.ProofSource;

/** A node's blocks and index as proofs are made from them, running or at rest. */
final class LedgerCopy implements ProofSource {
  private final BlockStore blocks;
  private final H2Index index;
  private final ValidatorHistory validators;

  LedgerCopy(Genesis genesis, BlockStore blocks, H2Index index) {
    this.blocks = blocks;
    this.index = index;
    this.validators = new ValidatorHistory(genesis, blocks);
  }

  ValidatorHistory validatorHistory() {
    return validators;
  }

  @Override
  public long height() {
    return Math.min(blocks.height(), index.height());
  }

  @Override
  public Optional<LightBlock> block(long height) {
    return blocks
        .block(height)
        .map(each -> new LightBlock(each.block().header(), each.certificate()));
  }

  @Override
  public Optional<ValidatorSet> validators(long height) {
    return validators.validators(height);
  }

  @Override
  public Optional<Place> place(Hash transaction) {
    return index.locate(transaction).map(each -> new Place(each.height(), each.index()));
  }

  @Override
  public List<Hash> transactionIds(long height) {
    return index.transactionIds(height);
  }

  @Override
  public Optional<StateHistory> historyAfter(long height) {
    return index.historyAfter(height);
  }
}
