package org.medseal.ledger.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.ledger.codec.Samples.filled;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Parameters;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.ledger.model.ReplicaReceipt;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.replica.ReceiptRules;

/**
 * Our own vectors: whoever changes one of these changes ids and signatures of every ledger there
 * is. They were put together from the layout in docs/adr/005 by other means than this codec.
 */
class GoldenVectorsTest {
  @Test
  void signedVote() {
    assertThat(hex(Votes.signBytes("chain-1", Samples.vote(Optional.of(Samples.hash(1))))))
        .isEqualTo(
            ascii("MSLVOTE1")
                + "00000007"
                + ascii("chain-1")
                + "0000000000000005"
                + "00000002"
                + "02"
                + "01"
                + "01".repeat(32));
    assertThat(hex(Votes.signBytes("chain-1", Samples.vote(Optional.empty()))))
        .isEqualTo(
            ascii("MSLVOTE1")
                + "00000007"
                + ascii("chain-1")
                + "0000000000000005"
                + "00000002"
                + "02"
                + "00");
  }

  @Test
  void signedProposal() {
    assertThat(hex(Votes.signBytes("chain-1", Samples.proposal(Samples.hash(1)))))
        .isEqualTo(
            ascii("MSLPROP1")
                + "00000007"
                + ascii("chain-1")
                + "0000000000000005"
                + "00000002"
                + "00000000"
                + "01".repeat(32));
  }

  @Test
  void replicaReceipt() {
    ReplicaReceipt receipt =
        new ReplicaReceipt(
            Samples.hash(1), Bytes.fromHex("02".repeat(32)), 2000, Bytes.fromHex("03".repeat(64)));
    CanonicalWriter written = new CanonicalWriter();
    Blocks.writeReplicaReceipt(written, receipt);
    assertThat(hex(written.toByteArray()))
        .isEqualTo(
            ascii("MSLREPL1")
                + "01".repeat(32)
                + "02".repeat(32)
                + "00000000000007d0"
                + "03".repeat(64));
    assertThat(
            hex(
                ReceiptRules.signBytes(
                    "chain-1",
                    receipt.chunkRoot(),
                    3 << 20,
                    receipt.validatorKey(),
                    receipt.expiryHeight())))
        .isEqualTo(
            ascii("MSLREPS1")
                + "00000007"
                + ascii("chain-1")
                + "01".repeat(32)
                + "0000000000300000"
                + "02".repeat(32)
                + "00000000000007d0");
  }

  @Test
  void recordHeader() {
    RecordTransaction record = (RecordTransaction) Samples.record(filled(33, 12), 20).transaction();
    assertThat(hex(Transactions.headerBytes(record.witness().header())))
        .isEqualTo(
            ascii("MSLHEAD1")
                + "00000007"
                + ascii("chain-1")
                + "02"
                + "01".repeat(16)
                + "00000003"
                + "02".repeat(32)
                + "03".repeat(32)
                + "04".repeat(32)
                + "05".repeat(32)
                + "06".repeat(32));
  }

  @Test
  void record() {
    IdentifiedTransaction record = Samples.record(filled(33, 12), 20);
    RecordTransaction whole = (RecordTransaction) record.transaction();
    String unsigned =
        ascii("MSLCORE1")
            + "01"
            + "00000007"
            + ascii("chain-1")
            + "00000002"
            + "0000000000000014"
            + "02"
            + Transactions.witnessHash(whole.witness()).hex()
            + "0a".repeat(32);
    String witness =
        ascii("MSLWITN1")
            + hex(Transactions.headerBytes(whole.witness().header()))
            + "00000001"
            + "0000007a"
            + "07".repeat(122)
            + "01"
            + "00000021"
            + "0c".repeat(33);
    assertThat(record.encoded().hex()).isEqualTo("01" + unsigned + "0b".repeat(352) + witness);
    assertThat(hex(Transactions.coreDigest(whole.core())))
        .isEqualTo(Sha256.of(Bytes.fromHex(unsigned).toArray()).hex());
    assertThat(record.id().hex())
        .isEqualTo("10864d42a5da09e06f4451abf6f6f429eb43c8f42f9c34a11d405c159f32d1dc");
  }

  @Test
  void institutionTransactions() {
    List<String> ids =
        Samples.actions().stream()
            .map(action -> Samples.institution(action, 10).id().hex())
            .toList();
    assertThat(ids)
        .containsExactly(
            "9a0d6c29213dff04542a2ed095318680cf2f284497dff0a43ed744ee2486d8c6",
            "240aa4f810362a7cf14e005379c6103679c3e29993cc031936682ebc9687f337",
            "2683879f2c2137d8f2c0c9ec844e626ca3ad51f6b015bcc9e331ce822d1f2d0e",
            "26a0699368ee7be7303582909ad2352dfb418bb03ff00da20dbc874a66618737",
            "2ee390cd198de0599daa1ac9dd99330e8230d49283bb6367548a944bc24e07cd",
            "f82bb88e360195180bf46a1084d48348fadcbe6425b5eced01de00aedaff5005",
            "4d2722a6d44952a0c5931a2c420fceaf7a5ceab5f24984f14dc8a62d61769caa",
            "96454dfb0b631e0ef5965f9a568375b80ea7a9852efcd10e8601cce70b813a3c",
            "1375e4caef628b65d7a2863751d45e5c205dd09cc5afd5c583f78edd30cf3fff",
            "cb7a5bccd038293bf1fd102cd583409fe9d7012ad157309106786f404134e0d1",
            "ee16a5dd7709fb3bbb910c877e30a6b0ee397b76dfb42ce4e639ca7d720da4d7",
            "4b97b45e6cb64e48c5eec9c84293eacb7705ac4e06ccfd6495ce19039fcd30b9",
            "a1d8d4f276c3d8d9debc66d3f9e8b77abf7b7932254ee8b9482df6404d9ec52a",
            "4f7f2c1bb4cc5a45f4d2567d4a265dbd5f6a85f8cb52bc372088c8415d254b15",
            "2c124eb75481966c0242b09843be2a3fd5faa28082b543e037024b7f78bcf7be",
            "d58c1f901628b255e0294cc2ff3f8578fc3b7b3e2f0452ecfb2d8ddb60f62bc5",
            "5d9fed77ec150c456229ea1d3e447682112d655dce757c42745c8094878ff015",
            "7afddbfaba440ba27ebd45542ae9f64c19b01fc71d28705a72ff3c76f3ba0a5d",
            "c79004e33ba050cd39958685fd0568f8346940735a6ee5da16092f126ee165fc",
            "02cca4729621b0f5053e058a117b4f6f3d0de011e268ad8a6ff2b4dd97f0ef99",
            "8b52576fdd0f7bb9424ce374ede149015e47805dd3675165db39076192be6843");
  }

  @Test
  void approval() {
    assertThat(Samples.approval(4, 10).encoded().hex())
        .isEqualTo(
            "02"
                + ascii("MSLINTX1")
                + "00000007"
                + ascii("chain-1")
                + "0000000a"
                + ascii("hospital-1")
                + "000000000000000a"
                + "09".repeat(16)
                + "04"
                + "04".repeat(32)
                + "08".repeat(64));
  }

  @Test
  void block() {
    Block block = Samples.block();
    assertThat(Blocks.id(block.header()).hex())
        .isEqualTo("58c7d70f1e33cad556c7b11f2624e77a572dbc8e07881642a6d7ea00cee54da8");
    assertThat(Sha256.of(Blocks.encode(block)).hex())
        .isEqualTo("b09316e0dafbf1c357f4ecf10044958001fee95d487bcac2408e0f33fbe368cb");
    assertThat(Blocks.transactionRoot(block.transactions()).hex())
        .isEqualTo("e051429a93cee07209ee0d84edc79e75906f00ff722cd5b02d4bf9cd0a684911");
    assertThat(Blocks.certificateHash(block.lastCommit()).hex())
        .isEqualTo("325ae6df1dad30685049a72465cdeedc2d0d88fdaf9b554200214020350b9c71");
    assertThat(Blocks.certificateHash(Optional.empty()).hex())
        .isEqualTo("5f6f44aca42ce36a7883798c9cc67662848f224225e77572945eb9aa17eb5e74");
    assertThat(Blocks.evidenceHash(block.evidence()).hex())
        .isEqualTo("4aa0d01479e14f6aee94bb40cc214e314409f5aca5a529ea1d7e02daedb980ec");
  }

  @Test
  void registries() {
    ValidatorSet validators =
        new ValidatorSet(
            List.of(
                new Validator(0, "hospital-1", filled(32, 1), 10),
                new Validator(1, "hospital-2", filled(32, 2), 5)));
    assertThat(Blocks.validatorsHash(validators).hex())
        .isEqualTo("71d7006edf1e1ce2358dcdecaee7371d408f97d2dfb0fe1a912e86430b26d932");
    assertThat(Blocks.parametersHash(new Parameters(3, 25, 1 << 20, 4 << 20, 100, 5)).hex())
        .isEqualTo("e8ca338c24ab3b8495bf08c4bceb9bfb4e12a753122303b489d3c6d03217e016");
  }

  private static String hex(byte[] bytes) {
    return Bytes.of(bytes).hex();
  }

  private static String ascii(String text) {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      hex.append(String.format("%02x", (int) text.charAt(i)));
    }
    return hex.toString();
  }
}
