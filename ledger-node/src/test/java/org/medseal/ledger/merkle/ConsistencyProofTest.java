package org.medseal.ledger.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;

/**
 * Vectors: the reference tests of google/certificate-transparency, merkle_tree_test.cc (the tree of
 * {@link MerkleTreeTest}); the rest against every pair of sizes.
 */
class ConsistencyProofTest {
  private static final int SIZES = 70;

  private static final List<Bytes> LEAVES =
      Stream.of(
              "",
              "00",
              "10",
              "2021",
              "3031",
              "40414243",
              "5051525354555657",
              "606162636465666768696a6b6c6d6e6f")
          .map(Bytes::fromHex)
          .toList();

  @Test
  void pathsAreThoseOfCertificateTransparency() {
    assertThat(path(1, 1)).isEmpty();
    assertThat(path(1, 8))
        .containsExactly(
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
    assertThat(path(6, 8))
        .containsExactly(
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    assertThat(path(2, 5))
        .containsExactly(
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b");
  }

  private static List<String> path(int oldSize, int newSize) {
    return MerkleTree.proveConsistency(LEAVES.subList(0, newSize), oldSize).path().stream()
        .map(Hash::hex)
        .toList();
  }

  @Test
  void everyTreeContinuesEveryShorterOneOfTheSameLeaves() {
    List<Bytes> leaves = leaves(SIZES, 0);
    List<Hash> roots = roots(leaves);
    for (int newer = 0; newer <= SIZES; newer++) {
      for (int older = 0; older <= newer; older++) {
        ConsistencyProof proof = MerkleTree.proveConsistency(leaves.subList(0, newer), older);
        assertThat(proof.verify(roots.get(older), roots.get(newer)))
            .as("%d to %d", older, newer)
            .isTrue();
      }
    }
  }

  @Test
  void aTreeWithAnotherLeafAmongTheOldOnesDoesNotContinueThem() {
    List<Hash> roots = roots(leaves(SIZES, 0));
    for (int older = 1; older <= SIZES; older++) {
      for (int changed = 0; changed < older; changed++) {
        List<Bytes> rewritten = new ArrayList<>(leaves(SIZES, 0));
        rewritten.set(changed, Bytes.of(new byte[] {9, 9}));
        ConsistencyProof proof = MerkleTree.proveConsistency(rewritten, older);
        assertThat(proof.verify(roots.get(older), MerkleTree.root(rewritten))).isFalse();
      }
    }
  }

  @Property(tries = 2_000)
  void anyChangeOfAProofIsRefused(
      @ForAll @IntRange(min = 1, max = SIZES - 1) int older,
      @ForAll @IntRange(min = 1, max = SIZES) int further,
      @ForAll @IntRange(max = 40) int where,
      @ForAll @IntRange(max = 255) int bit) {
    int newer = Math.min(SIZES, older + further);
    List<Bytes> leaves = leaves(newer, 0);
    Hash oldRoot = MerkleTree.root(leaves.subList(0, older));
    Hash newRoot = MerkleTree.root(leaves);
    List<Hash> path = MerkleTree.proveConsistency(leaves, older).path();
    List<Hash> changed = new ArrayList<>(path);
    int at = where % path.size();
    byte[] flipped = changed.get(at).toArray();
    flipped[bit / 8] ^= (byte) (1 << bit % 8);
    changed.set(at, Hash.of(flipped));
    assertThat(new ConsistencyProof(older, newer, changed).verify(oldRoot, newRoot)).isFalse();
    List<Hash> shorter = new ArrayList<>(path);
    shorter.remove(at);
    assertThat(new ConsistencyProof(older, newer, shorter).verify(oldRoot, newRoot)).isFalse();
    List<Hash> longer = new ArrayList<>(path);
    longer.add(at, newRoot);
    assertThat(new ConsistencyProof(older, newer, longer).verify(oldRoot, newRoot)).isFalse();
    assertThat(new ConsistencyProof(older, newer, path).verify(newRoot, oldRoot)).isFalse();
  }

  @Test
  void equalSizesNeedEqualRootsAndNoPath() {
    Hash root = MerkleTree.root(LEAVES);
    assertThat(new ConsistencyProof(8, 8, List.of()).verify(root, root)).isTrue();
    assertThat(new ConsistencyProof(8, 8, List.of(root)).verify(root, root)).isFalse();
    assertThat(new ConsistencyProof(8, 8, List.of()).verify(root, Hash.ZERO)).isFalse();
  }

  @Test
  void onlyTheEmptyTreesRootIsContinuedByEverything() {
    Hash root = MerkleTree.root(LEAVES);
    assertThat(new ConsistencyProof(0, 8, List.of()).verify(MerkleHash.empty(), root)).isTrue();
    assertThat(new ConsistencyProof(0, 8, List.of()).verify(Hash.ZERO, root)).isFalse();
    assertThat(new ConsistencyProof(0, 8, List.of(root)).verify(MerkleHash.empty(), root))
        .isFalse();
    assertThat(new ConsistencyProof(0, 0, List.of()).verify(MerkleHash.empty(), root)).isFalse();
    assertThat(new ConsistencyProof(4, 8, List.of()).verify(root, root)).isFalse();
  }

  @Test
  void aTreeDoesNotShrink() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ConsistencyProof(3, 2, List.of()));
  }

  private static List<Bytes> leaves(int count, int salt) {
    List<Bytes> leaves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      leaves.add(Bytes.of(new byte[] {(byte) i, (byte) salt}));
    }
    return leaves;
  }

  private static List<Hash> roots(List<Bytes> leaves) {
    List<Hash> roots = new ArrayList<>();
    for (int size = 0; size <= leaves.size(); size++) {
      roots.add(MerkleTree.root(leaves.subList(0, size)));
    }
    return roots;
  }
}
