package org.medseal.ledger.blob;

import java.util.ArrayList;
import java.util.List;
import org.medseal.ledger.merkle.InclusionProof;
import org.medseal.ledger.merkle.MerkleHash;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;

/**
 * The RFC 6962 tree over a blob's chunks, whose leaves are the chunks' SHA-256. Kept level by
 * level, so that each proof costs its own length: pairing neighbours and passing an odd last one up
 * gives the same tree as splitting at the largest power of two.
 */
final class ChunkTree {
  private final List<List<Hash>> levels = new ArrayList<>();

  ChunkTree(List<Hash> chunkHashes) {
    if (chunkHashes.isEmpty()) {
      throw new IllegalArgumentException("a blob has at least one chunk");
    }
    levels.add(chunkHashes.stream().map(each -> MerkleHash.leaf(each.bytes())).toList());
    while (top().size() > 1) {
      levels.add(parents(top()));
    }
  }

  private List<Hash> top() {
    return levels.get(levels.size() - 1);
  }

  private static List<Hash> parents(List<Hash> level) {
    List<Hash> parents = new ArrayList<>((level.size() + 1) / 2);
    for (int i = 0; i + 1 < level.size(); i += 2) {
      parents.add(MerkleHash.node(level.get(i), level.get(i + 1)));
    }
    if (level.size() % 2 == 1) {
      parents.add(level.get(level.size() - 1));
    }
    return parents;
  }

  Hash root() {
    return top().get(0);
  }

  InclusionProof prove(int index) {
    List<Hash> path = new ArrayList<>();
    int at = index;
    for (List<Hash> level : levels.subList(0, levels.size() - 1)) {
      int sibling = at ^ 1;
      if (sibling < level.size()) {
        path.add(level.get(sibling));
      }
      at >>= 1;
    }
    return new InclusionProof(index, levels.get(0).size(), path);
  }

  /** Does the path show that this hash is the chunk of that place in the blob? */
  static boolean isProven(Hash chunkHash, InclusionProof proof, Hash chunkRoot) {
    return proof.verify(Bytes.of(chunkHash.toArray()), chunkRoot);
  }
}
