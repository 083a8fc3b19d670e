package org.medseal.ledger.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;

/** Vectors: the reference tests of google/certificate-transparency, merkle_tree_test.cc. */
class MerkleTreeTest {
  private static final List<Bytes> LEAVES =
      List.of(
          Bytes.empty(),
          Bytes.fromHex("00"),
          Bytes.fromHex("10"),
          Bytes.fromHex("2021"),
          Bytes.fromHex("3031"),
          Bytes.fromHex("40414243"),
          Bytes.fromHex("5051525354555657"),
          Bytes.fromHex("606162636465666768696a6b6c6d6e6f"));

  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  @Test
  void rootsAreThoseOfCertificateTransparency() {
    for (int size = 0; size <= LEAVES.size(); size++) {
      assertThat(MerkleTree.root(LEAVES.subList(0, size)).hex()).isEqualTo(ROOTS.get(size));
    }
  }

  @Test
  void pathsAreThoseOfCertificateTransparency() {
    assertThat(MerkleTree.prove(LEAVES, 0).path().stream().map(Hash::hex))
        .containsExactly(
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
    assertThat(MerkleTree.prove(LEAVES, 5).path().stream().map(Hash::hex))
        .containsExactly(
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    assertThat(MerkleTree.prove(LEAVES.subList(0, 3), 2).path().stream().map(Hash::hex))
        .containsExactly("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
  }

  @Test
  void aLongerOrShorterPathIsRefused() {
    InclusionProof proof = MerkleTree.prove(LEAVES, 3);
    Hash root = MerkleTree.root(LEAVES);
    List<Hash> longer = new ArrayList<>(proof.path());
    longer.add(root);
    assertThat(new InclusionProof(3, 8, longer).verify(LEAVES.get(3), root)).isFalse();
    assertThat(new InclusionProof(3, 8, proof.path().subList(0, 2)).verify(LEAVES.get(3), root))
        .isFalse();
  }

  /** CVE-2012-2459: a tree that repeats its last leaf must not have the root of the one without. */
  @Test
  void repeatingTheLastLeafChangesTheRoot() {
    List<Bytes> three = LEAVES.subList(0, 3);
    List<Bytes> four = new ArrayList<>(three);
    four.add(three.get(2));
    assertThat(MerkleTree.root(four)).isNotEqualTo(MerkleTree.root(three));
  }

  @Test
  void aFrontierHasOnePeakForEachBitOfItsSize() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MerkleFrontier(3, List.of(Hash.ZERO)));
  }
}
