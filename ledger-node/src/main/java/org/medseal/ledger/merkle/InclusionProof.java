package org.medseal.ledger.merkle;

import java.util.List;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;

/**
 * An audit path of RFC 6962 section 2.1.1.
 *
 * @param index of the leaf
 * @param size leaves of the tree
 * @param path sibling hashes from the leaf up
 */
public record InclusionProof(long index, long size, List<Hash> path) {
  public InclusionProof {
    path = List.copyOf(path);
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no leaf " + index + " in a tree of " + size);
    }
  }

  /** Does this path lead from the leaf to {@code root}? RFC 9162 section 2.1.3.2. */
  public boolean verify(Bytes leaf, Hash root) {
    long position = index;
    long last = size - 1;
    Hash hash = MerkleHash.leaf(leaf);
    for (Hash sibling : path) {
      if (last == 0) {
        return false;
      }
      if ((position & 1) == 1 || position == last) {
        hash = MerkleHash.node(sibling, hash);
        while ((position & 1) == 0 && position != 0) {
          position >>= 1;
          last >>= 1;
        }
      } else {
        hash = MerkleHash.node(hash, sibling);
      }
      position >>= 1;
      last >>= 1;
    }
    return last == 0 && hash.equals(root);
  }
}
