package org.medseal.ledger.engine.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medseal.ledger.model.Bytes;

/** Blocks in memory, counting how often one is read. */
final class BlocksInMemory implements BlockStore {
  private final List<StoredBlock> blocks = new ArrayList<>();
  private final List<Bytes> outcomes = new ArrayList<>();
  int reads;

  @Override
  public long height() {
    return blocks.size();
  }

  @Override
  public Optional<StoredBlock> block(long height) {
    reads++;
    return Optional.of(blocks.get((int) height - 1));
  }

  @Override
  public Optional<Bytes> outcome(long height) {
    return Optional.of(outcomes.get((int) height - 1));
  }

  @Override
  public void append(StoredBlock block, Bytes outcome) {
    blocks.add(block);
    outcomes.add(outcome);
  }
}
