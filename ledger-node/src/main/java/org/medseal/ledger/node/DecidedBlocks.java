package org.medseal.ledger.node;

import java.util.Optional;
import org.medseal.ledger.api.CommittedBlock;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.index.H2Index;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.store.LedgerFiles;

/** What has been decided, as this node keeps it; from any thread. */
final class DecidedBlocks {
  private final LedgerFiles files;
  private final H2Index index;
  private volatile Optional<StoredBlock> newest = Optional.empty();

  DecidedBlocks(LedgerFiles files, H2Index index) {
    this.files = files;
    this.index = index;
  }

  /** The next one, once it is durable: most readers want it again at once. */
  void committed(StoredBlock block) {
    newest = Optional.of(block);
  }

  /** With its certificate. */
  Optional<StoredBlock> stored(long height) {
    Optional<StoredBlock> recent = newest.filter(each -> each.height() == height);
    return recent.isPresent() ? recent : files.blocks().block(height);
  }

  /** As listeners get it. */
  CommittedBlock committedBlock(long height) {
    StoredBlock stored =
        stored(height).orElseThrow(() -> new IllegalStateException("no block at height " + height));
    return new CommittedBlock(
        height,
        stored.block().header().timeMs(),
        stored.certificate().blockId(),
        stored.block().transactions());
  }

  Optional<CommittedTransaction> find(Hash transactionId) {
    return index
        .locate(transactionId)
        .flatMap(
            place ->
                stored(place.height())
                    .map(StoredBlock::block)
                    .map(
                        block ->
                            new CommittedTransaction(
                                transactionId,
                                place.height(),
                                place.index(),
                                block.header().timeMs(),
                                block.transactions().get(place.index()).transaction())));
  }
}
