package org.medseal.ledger.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;

class MerkleTreeProperties {
  @Property(tries = 100)
  void everyLeafIsProven(@ForAll @IntRange(min = 1, max = 70) int size) {
    List<Bytes> leaves = leaves(size);
    Hash root = MerkleTree.root(leaves);
    for (int i = 0; i < size; i++) {
      InclusionProof proof = MerkleTree.prove(leaves, i);
      assertThat(proof.verify(leaves.get(i), root)).isTrue();
      assertThat(proof.verify(Bytes.fromHex("ff"), root)).isFalse();
    }
  }

  @Property(tries = 100)
  void aProofHoldsAtItsOwnIndexOnly(
      @ForAll @IntRange(min = 2, max = 70) int size, @ForAll @IntRange(min = 0, max = 69) int at) {
    List<Bytes> leaves = leaves(size);
    int index = at % size;
    InclusionProof proof = MerkleTree.prove(leaves, index);
    for (int other = 0; other < size; other++) {
      assertThat(
              new InclusionProof(other, size, proof.path())
                  .verify(leaves.get(index), MerkleTree.root(leaves)))
          .isEqualTo(other == index);
    }
  }

  @Property(tries = 100)
  void appendingInPartsGivesTheSameTree(
      @ForAll @IntRange(min = 0, max = 40) int first,
      @ForAll @IntRange(min = 0, max = 40) int second) {
    List<Bytes> leaves = leaves(first + second);
    MerkleFrontier whole = MerkleFrontier.EMPTY.append(leaves);
    MerkleFrontier parts =
        MerkleFrontier.EMPTY
            .append(leaves.subList(0, first))
            .append(leaves.subList(first, leaves.size()));
    assertThat(parts).isEqualTo(whole);
    assertThat(whole.size()).isEqualTo(leaves.size());
  }

  private static List<Bytes> leaves(int count) {
    List<Bytes> leaves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      leaves.add(Bytes.of(new byte[] {(byte) i}));
    }
    return leaves;
  }
}
