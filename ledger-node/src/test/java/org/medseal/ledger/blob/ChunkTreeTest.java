package org.medseal.ledger.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medseal.crypto.Digests;
import org.medseal.ledger.merkle.InclusionProof;
import org.medseal.ledger.merkle.MerkleTree;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;

/** The tree over a blob's chunks beside that over its leaves. */
class ChunkTreeTest {
  @Test
  void everyChunksProofIsThatOfTheTree() {
    for (int count = 1; count <= 33; count++) {
      List<Hash> hashes = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        hashes.add(Hash.of(Digests.sha256(new byte[] {(byte) i})));
      }
      List<Bytes> leaves = hashes.stream().map(Hash::bytes).toList();
      ChunkTree tree = new ChunkTree(hashes);
      assertThat(tree.root()).isEqualTo(MerkleTree.root(leaves));
      for (int i = 0; i < count; i++) {
        InclusionProof proof = tree.prove(i);
        assertThat(proof).isEqualTo(MerkleTree.prove(leaves, i));
        assertThat(ChunkTree.isProven(hashes.get(i), proof, tree.root())).isTrue();
      }
    }
  }
}
