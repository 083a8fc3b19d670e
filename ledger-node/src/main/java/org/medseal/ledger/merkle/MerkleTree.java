package org.medseal.ledger.merkle;

import java.util.List;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;

/** Roots and proofs over a list of leaves (RFC 6962 section 2.1). */
public final class MerkleTree {
  private MerkleTree() {}

  public static Hash root(List<Bytes> leaves) {
    return MerkleFrontier.EMPTY.append(leaves).root();
  }

  /** Proves that the leaf at {@code index} is in the tree of all {@code leaves}. */
  public static InclusionProof prove(List<Bytes> leaves, int index) {
    return MerklePaths.inclusion(index, leaves.size(), over(leaves));
  }

  /** Proves that the tree of all {@code leaves} continues that of the first {@code oldSize}. */
  public static ConsistencyProof proveConsistency(List<Bytes> leaves, int oldSize) {
    return MerklePaths.consistency(oldSize, leaves.size(), over(leaves));
  }

  private static Subtrees over(List<Bytes> leaves) {
    return (from, to) -> root(leaves.subList((int) from, (int) to));
  }
}
