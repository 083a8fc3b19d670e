package org.medseal.ledger.proof;

import java.util.ArrayList;
import java.util.List;
import org.medseal.ledger.merkle.MerkleFrontier;
import org.medseal.ledger.merkle.Subtrees;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.proof.ProofException.Reason;

/**
 * The tree over all transaction ids up to a block, read block by block when a range is asked for.
 */
final class HistoryTree implements Subtrees {
  private final ProofSource source;
  private final long height;

  HistoryTree(ProofSource source, long height) {
    this.source = source;
    this.height = height;
  }

  /** Transactions up to that block. */
  long sizeAfter(long block) {
    return block == 0
        ? 0
        : source
            .historyAfter(block)
            .orElseThrow(() -> new ProofException(Reason.NOT_FOUND, missing(block)))
            .frontier()
            .size();
  }

  static String missing(long block) {
    return "the history of height " + block + " is not in the index of this node";
  }

  @Override
  public Hash root(long from, long to) {
    MerkleFrontier range = MerkleFrontier.EMPTY;
    long block = blockOf(from);
    long first = sizeAfter(block - 1);
    while (first < to) {
      List<Bytes> leaves = leaves(block);
      long begin = Math.max(0, from - first);
      long end = Math.min(leaves.size(), to - first);
      range = range.append(leaves.subList((int) begin, (int) end));
      first += leaves.size();
      block++;
    }
    return range.root();
  }

  private List<Bytes> leaves(long block) {
    List<Bytes> leaves = new ArrayList<>();
    source.transactionIds(block).forEach(each -> leaves.add(each.bytes()));
    if (block > height || leaves.size() != sizeAfter(block) - sizeAfter(block - 1)) {
      throw new ProofException(Reason.NOT_FOUND, missing(block));
    }
    return leaves;
  }

  /** The block with that leaf: the first after which there are more leaves than it has before. */
  private long blockOf(long leaf) {
    long low = 1;
    long high = height;
    while (low < high) {
      long middle = low + (high - low) / 2;
      if (sizeAfter(middle) > leaf) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
