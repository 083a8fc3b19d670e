package org.medseal.ledger.engine.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksResponse;
import org.medseal.ledger.model.Block;

/** What a request for blocks is answered with; from any thread. */
public final class BlockAnswers {
  /** More than a receipt or a signature in a certificate takes. */
  private static final long SIGNED_BYTES = 200;

  private static final long EVIDENCE_BYTES = 512;

  private static final long RESPONSE_BYTES = 4L << 20;

  private BlockAnswers() {}

  /**
   * Bounded in count and bytes, with at least one block if there is any. A block that cannot be
   * read ends the answer, and is thrown if it is the first: StoreException, JournalException.
   */
  public static BlocksResponse of(BlocksRequest request, BlockStore store) {
    List<StoredBlock> blocks = new ArrayList<>();
    long bytes = 0;
    long from = Math.max(1, request.from());
    long last = Math.min(request.to(), store.height());
    for (long height = from; height <= last && blocks.size() < PeerMessages.MAX_BLOCKS; height++) {
      Optional<StoredBlock> stored = read(store, height, blocks.isEmpty());
      bytes += stored.map(BlockAnswers::bytes).orElse(0L);
      if (stored.isEmpty() || (!blocks.isEmpty() && bytes > RESPONSE_BYTES)) {
        break;
      }
      blocks.add(stored.get());
    }
    return new BlocksResponse(blocks);
  }

  private static Optional<StoredBlock> read(BlockStore store, long height, boolean first) {
    try {
      return store.block(height);
    } catch (RuntimeException e) {
      if (first) {
        throw e;
      }
      return Optional.empty(); // told when it is asked for again, as the first
    }
  }

  /** Of its transactions, which is nearly all of it. */
  public static long bytes(StoredBlock stored) {
    Block block = stored.block();
    long around =
        block.evidence().size() * EVIDENCE_BYTES
            + block.replicaReceipts().size() * SIGNED_BYTES
            + 2L * stored.certificate().signatures().size() * SIGNED_BYTES;
    return around + block.transactions().stream().mapToLong(each -> each.encoded().length()).sum();
  }
}
