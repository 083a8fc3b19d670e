package org.medseal.ledger.merkle;

import java.util.ArrayList;
import java.util.List;
import org.medseal.ledger.model.Hash;

/**
 * Shows that a tree only grew: the older one's leaves are the newer one's first leaves (RFC 6962
 * section 2.1.2). Every tree is consistent with the empty one and with itself; no path is needed
 * then.
 */
public record ConsistencyProof(long oldSize, long newSize, List<Hash> path) {
  public ConsistencyProof {
    path = List.copyOf(path);
    if (oldSize < 0 || newSize < oldSize) {
      throw new IllegalArgumentException(
          "a tree of " + newSize + " leaves does not continue one of " + oldSize);
    }
  }

  /** RFC 9162 section 2.1.4.2. */
  public boolean verify(Hash oldRoot, Hash newRoot) {
    if (oldSize == 0) {
      return path.isEmpty()
          && oldRoot.equals(MerkleHash.empty())
          && (newSize > 0 || newRoot.equals(oldRoot));
    }
    if (oldSize == newSize) {
      return path.isEmpty() && oldRoot.equals(newRoot);
    }
    List<Hash> nodes = new ArrayList<>(path);
    if (Long.bitCount(oldSize) == 1) {
      nodes.add(0, oldRoot);
    }
    return !nodes.isEmpty() && climbs(nodes, oldRoot, newRoot);
  }

  private boolean climbs(List<Hash> nodes, Hash oldRoot, Hash newRoot) {
    int complete = Long.numberOfTrailingZeros(oldSize);
    long first = (oldSize - 1) >> complete;
    long second = (newSize - 1) >> complete;
    Hash oldHash = nodes.get(0);
    Hash newHash = nodes.get(0);
    for (Hash node : nodes.subList(1, nodes.size())) {
      if (second == 0) {
        return false;
      }
      if ((first & 1) == 1 || first == second) {
        oldHash = MerkleHash.node(node, oldHash);
        newHash = MerkleHash.node(node, newHash);
        while ((first & 1) == 0 && first != 0) {
          first >>= 1;
          second >>= 1;
        }
      } else {
        newHash = MerkleHash.node(newHash, node);
      }
      first >>= 1;
      second >>= 1;
    }
    return second == 0 && oldHash.equals(oldRoot) && newHash.equals(newRoot);
  }
}
