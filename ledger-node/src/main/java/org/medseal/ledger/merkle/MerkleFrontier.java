package org.medseal.ledger.merkle;

import java.util.ArrayList;
import java.util.List;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;

/**
 * The right edge of an append-only RFC 6962 tree: enough to append and to know the root, in
 * logarithmic space.
 *
 * @param size leaves so far
 * @param peaks roots of the complete subtrees, from the left, one per bit set in {@code size}
 */
public record MerkleFrontier(long size, List<Hash> peaks) {
  public static final MerkleFrontier EMPTY = new MerkleFrontier(0, List.of());

  public MerkleFrontier {
    peaks = List.copyOf(peaks);
    if (size < 0 || peaks.size() != Long.bitCount(size)) {
      throw new IllegalArgumentException(
          "a tree of " + size + " leaves does not have " + peaks.size() + " peaks");
    }
  }

  /** The tree with these leaves added at its right. */
  public MerkleFrontier append(List<Bytes> leaves) {
    List<Hash> edge = new ArrayList<>(peaks);
    long count = size;
    for (Bytes leaf : leaves) {
      Hash subtree = MerkleHash.leaf(leaf);
      // Each trailing one bit is a complete subtree of the same size as the new one.
      for (long bits = count; (bits & 1) == 1; bits >>= 1) {
        subtree = MerkleHash.node(edge.remove(edge.size() - 1), subtree);
      }
      edge.add(subtree);
      count = Math.addExact(count, 1);
    }
    return new MerkleFrontier(count, edge);
  }

  /**
   * The tree of whole subtrees.
   *
   * @param levels each has 2 to the power of this leaves
   */
  public static MerkleFrontier ofSubtrees(List<Hash> roots, int levels) {
    List<Hash> edge = new ArrayList<>();
    long count = 0;
    for (Hash root : roots) {
      Hash subtree = root;
      for (long bits = count; (bits & 1) == 1; bits >>= 1) {
        subtree = MerkleHash.node(edge.remove(edge.size() - 1), subtree);
      }
      edge.add(subtree);
      count++;
    }
    return new MerkleFrontier(Math.multiplyExact(count, 1L << levels), edge);
  }

  public Hash root() {
    if (peaks.isEmpty()) {
      return MerkleHash.empty();
    }
    Hash root = peaks.get(peaks.size() - 1);
    for (int i = peaks.size() - 2; i >= 0; i--) {
      root = MerkleHash.node(peaks.get(i), root);
    }
    return root;
  }
}
