package org.medseal.ledger.merkle;

import java.util.ArrayList;
import java.util.List;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;

/** Root and inclusion proofs over a list of leaves (RFC 6962 sections 2.1 and 2.1.1). */
public final class MerkleTree {
  private MerkleTree() {}

  public static Hash root(List<Bytes> leaves) {
    return MerkleFrontier.EMPTY.append(leaves).root();
  }

  /** Proves that the leaf at {@code index} is in the tree of all {@code leaves}. */
  public static InclusionProof prove(List<Bytes> leaves, int index) {
    if (index < 0 || index >= leaves.size()) {
      throw new IllegalArgumentException("no leaf " + index + " among " + leaves.size());
    }
    List<Hash> path = new ArrayList<>();
    collect(leaves, index, path);
    return new InclusionProof(index, leaves.size(), path);
  }

  private static void collect(List<Bytes> leaves, int index, List<Hash> path) {
    if (leaves.size() == 1) {
      return;
    }
    int split = Integer.highestOneBit(leaves.size() - 1);
    List<Bytes> left = leaves.subList(0, split);
    List<Bytes> right = leaves.subList(split, leaves.size());
    if (index < split) {
      collect(left, index, path);
      path.add(root(right));
    } else {
      collect(right, index - split, path);
      path.add(root(left));
    }
  }
}
