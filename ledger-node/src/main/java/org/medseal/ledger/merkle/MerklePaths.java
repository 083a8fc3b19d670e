package org.medseal.ledger.merkle;

import java.util.ArrayList;
import java.util.List;
import org.medseal.ledger.model.Hash;

/**
 * Finds the nodes of audit paths and consistency proofs in trees too large to be held; asks for the
 * root of each range once, and ranges do not overlap.
 */
public final class MerklePaths {
  private MerklePaths() {}

  /** PATH(index, D[size]) of RFC 6962 section 2.1.1. */
  public static InclusionProof inclusion(long index, long size, Subtrees tree) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no leaf " + index + " among " + size);
    }
    List<Hash> path = new ArrayList<>();
    collect(index, new Range(0, size), tree, path);
    return new InclusionProof(index, size, path);
  }

  private record Range(long from, long to) {
    long split() {
      return from + Long.highestOneBit(to - from - 1);
    }
  }

  private static void collect(long index, Range range, Subtrees tree, List<Hash> path) {
    if (range.to() - range.from() == 1) {
      return;
    }
    long split = range.split();
    if (index < split) {
      collect(index, new Range(range.from(), split), tree, path);
      path.add(tree.root(split, range.to()));
    } else {
      collect(index, new Range(split, range.to()), tree, path);
      path.add(tree.root(range.from(), split));
    }
  }

  /** PROOF(oldSize, D[newSize]) of RFC 6962 section 2.1.2; without a path from an empty tree. */
  public static ConsistencyProof consistency(long oldSize, long newSize, Subtrees tree) {
    List<Hash> path = new ArrayList<>();
    if (oldSize > 0 && oldSize < newSize) {
      collectOld(oldSize, new Range(0, newSize), tree, path);
    }
    return new ConsistencyProof(oldSize, newSize, path);
  }

  /** SUBPROOF(oldSize - from, D[from:to], from = 0) for an old tree that ends inside the range. */
  private static void collectOld(long oldSize, Range range, Subtrees tree, List<Hash> path) {
    if (oldSize == range.to()) {
      if (range.from() > 0) {
        path.add(tree.root(range.from(), range.to()));
      }
      return;
    }
    long split = range.split();
    if (oldSize <= split) {
      collectOld(oldSize, new Range(range.from(), split), tree, path);
      path.add(tree.root(split, range.to()));
    } else {
      collectOld(oldSize, new Range(split, range.to()), tree, path);
      path.add(tree.root(range.from(), split));
    }
  }
}
