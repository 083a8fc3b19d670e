package org.medseal.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.Votes;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.CommitCertificate.CommitSignature;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;
import org.medseal.ledger.store.BlockSegments;
import org.medseal.ledger.store.LedgerFiles;

@Timeout(120)
class LedgerVerificationTest {
  private static final int BLOCKS = 4;

  @TempDir Path folder;
  private int founded;

  @Test
  void aSoundCopyHoldsAndIsLeftAsItIs() throws IOException {
    Cluster cluster = filled();
    Path segment = segment(cluster.home(0));
    byte[] before = Files.readAllBytes(segment);
    VerificationReport report = LedgerVerification.verify(cluster.home(0), cluster.genesis());
    assertThat(report.difference()).isEmpty();
    assertThat(report.height()).isEqualTo(BLOCKS);
    assertThat(report.transactions()).isEqualTo(BLOCKS);
    assertThat(Files.readAllBytes(segment)).isEqualTo(before);
  }

  @Test
  void aHomeThatHoldsPartOfABackupDoesNotHold() throws IOException {
    Cluster cluster = filled();
    Files.writeString(cluster.home(0).resolve("ledger/restoring"), "a backup is being restored");
    assertThat(LedgerVerification.verify(cluster.home(0), cluster.genesis()).difference())
        .hasValueSatisfying(words -> assertThat(words).contains("was cut short"));
  }

  @Test
  void aFlippedByteIsNamedWithItsHeight() throws IOException {
    Cluster cluster = filled();
    Path segment = segment(cluster.home(0));
    byte[] content = Files.readAllBytes(segment);
    for (int part = 0; part < BLOCKS; part++) {
      int at = 20 + (content.length - 40) / BLOCKS * part + 300;
      byte[] changed = content.clone();
      changed[at] ^= 1;
      Files.write(segment, changed);
      VerificationReport report = LedgerVerification.verify(cluster.home(0), cluster.genesis());
      assertThat(report.holds()).isFalse();
      assertThat(report.difference().orElseThrow())
          .startsWith("height " + (report.height() + 1) + ":")
          .contains(segment.getFileName().toString());
      assertThat(report.height()).isEqualTo(part);
    }
  }

  @Test
  void aBlockRewrittenWithValidChecksumsIsStillFound() throws IOException {
    Cluster cluster = filled();
    rewrite(
        cluster,
        3,
        stored -> {
          Block block = stored.block();
          List<IdentifiedTransaction> other = List.of(cluster.request(0));
          return new StoredBlock(
              new Block(block.header(), other, block.lastCommit(), block.evidence()),
              stored.certificate());
        });
    VerificationReport report = LedgerVerification.verify(cluster.home(9), cluster.genesis());
    assertThat(report.difference()).hasValue("height 3: transaction root differs");
  }

  @Test
  void aForgedCertificateIsFound() throws IOException {
    Cluster cluster = filled();
    rewrite(
        cluster,
        2,
        stored -> {
          CommitCertificate old = stored.certificate();
          List<CommitSignature> forged = List.of(new CommitSignature(0, Bytes.of(new byte[64])));
          return new StoredBlock(
              stored.block(),
              new CommitCertificate(old.height(), old.round(), old.blockId(), forged));
        });
    VerificationReport report = LedgerVerification.verify(cluster.home(9), cluster.genesis());
    assertThat(report.difference().orElseThrow())
        .startsWith("height 2: the commit certificate's signature of validator 0");
  }

  @Test
  void aCertificateWithoutAQuorumIsFound() throws IOException {
    Cluster cluster = filled();
    rewrite(
        cluster,
        1,
        stored -> {
          CommitCertificate old = stored.certificate();
          return new StoredBlock(
              stored.block(),
              new CommitCertificate(old.height(), old.round(), old.blockId(), List.of()));
        });
    VerificationReport report = LedgerVerification.verify(cluster.home(9), cluster.genesis());
    assertThat(report.difference()).hasValue("height 1: the commit certificate has no quorum");
  }

  /** Signed anew, as only a quorum of liars could. */
  @ParameterizedTest
  @CsvSource({
    "version, format version differs",
    "chainId, chain id differs",
    "timeMs, time does not rise",
    "parent, parent hash differs",
    "lastCommitHash, hash of the parent's certificate differs",
    "transactionRoot, transaction root differs",
    "stateRoot, state root differs",
    "receiptsRoot, receipts root differs",
    "evidenceHash, evidence hash differs",
    "replicaReceiptsHash, hash of the receipts differs",
    "validatorsHash, validators differ",
    "nextValidatorsHash, next validators differ",
    "prioritiesHash, proposer priorities differ",
    "parametersHash, parameters differ",
    "proposer, validator 1 built the block without having the turn up to round 0"
  })
  void eachFieldOfAHeaderIsCheckedAndNamed(String field, String difference) {
    Cluster cluster = filled();
    rewrite(
        cluster,
        3,
        stored -> {
          BlockHeader header = changed(stored.block().header(), field);
          Block old = stored.block();
          return signed(
              cluster, new Block(header, old.transactions(), old.lastCommit(), old.evidence()));
        });
    VerificationReport report = LedgerVerification.verify(cluster.home(9), cluster.genesis());
    assertThat(report.difference()).hasValue("height 3: " + difference);
  }

  @Test
  void aParentsCertificateThatDoesNotHoldIsFound() {
    Cluster cluster = filled();
    rewrite(
        cluster,
        3,
        stored -> {
          CommitCertificate last = stored.block().lastCommit().orElseThrow();
          return signed(
              cluster,
              with(
                  stored.block(),
                  Optional.of(
                      new CommitCertificate(
                          last.height(),
                          last.round(),
                          last.blockId(),
                          List.of(new CommitSignature(0, Bytes.of(new byte[64]))))),
                  List.of()));
        });
    assertThat(LedgerVerification.verify(cluster.home(9), cluster.genesis()).difference())
        .hasValue("height 3: the parent's certificate's signature of validator 0 does not hold");
  }

  @Test
  void aMissingParentsCertificateIsFound() {
    Cluster cluster = filled();
    rewrite(
        cluster, 3, stored -> signed(cluster, with(stored.block(), Optional.empty(), List.of())));
    assertThat(LedgerVerification.verify(cluster.home(9), cluster.genesis()).difference())
        .hasValue("height 3: the parent's certificate is missing");
  }

  @Test
  void evidenceThatProvesNothingIsTooOldOrStandsTwiceIsFound() {
    Cluster cluster = filled();
    Evidence real = equivocation(cluster, 1, 0);
    assertThat(differenceWithEvidence(cluster, 2, List.of(real)))
        .doesNotContain("evidence of height");
    assertThat(differenceWithEvidence(filled(), 3, List.of(real)))
        .isEqualTo("height 3: evidence of height 1 does not prove anything");
    Cluster third = filled();
    Evidence twice = equivocation(third, 1, 0);
    assertThat(differenceWithEvidence(third, 3, List.of(twice, twice)))
        .isEqualTo("height 3: evidence of height 1 stands there twice");
    Cluster fourth = filled();
    assertThat(differenceWithEvidence(fourth, 3, List.of(equivocation(fourth, 3, 0))))
        .isEqualTo("height 3: evidence of height 3 is too old or of no block");
  }

  private static String differenceWithEvidence(
      Cluster cluster, long height, List<Evidence> evidence) {
    rewrite(
        cluster,
        height,
        stored -> signed(cluster, with(stored.block(), stored.block().lastCommit(), evidence)));
    return LedgerVerification.verify(cluster.home(9), cluster.genesis()).difference().orElseThrow();
  }

  @Test
  void aNoteBesideABlockThatItsExecutionDoesNotGiveIsFound() {
    Cluster cluster = filled();
    rewrite(
        cluster,
        4,
        stored -> stored,
        outcome -> {
          byte[] changed = outcome.toArray();
          changed[0] ^= 1;
          return Bytes.of(changed);
        });
    assertThat(
            LedgerVerification.verify(cluster.home(9), cluster.genesis())
                .difference()
                .orElseThrow())
        .startsWith("height 4: the note beside the block");
  }

  /** Two prevotes of validator 0 at one height, in the order that counts as canonical. */
  private static Evidence equivocation(Cluster cluster, long height, int round) {
    List<Vote> votes = new ArrayList<>();
    for (Optional<Hash> each : List.of(Optional.<Hash>empty(), Optional.of(Hash.ZERO))) {
      Vote unsigned = new Vote(VoteType.PREVOTE, height, round, each, 0, Bytes.empty());
      byte[] signature =
          cluster.keys(0).validator().sign(Votes.signBytes(cluster.genesis().chainId(), unsigned));
      votes.add(new Vote(VoteType.PREVOTE, height, round, each, 0, Bytes.of(signature)));
    }
    return new Evidence.DuplicateVote(votes.get(0), votes.get(1));
  }

  private static Block with(
      Block block, Optional<CommitCertificate> lastCommit, List<Evidence> evidence) {
    BlockHeader header =
        changed(
            changed(block.header(), "lastCommitHash", Blocks.certificateHash(lastCommit)),
            "evidenceHash",
            Blocks.evidenceHash(evidence));
    return new Block(header, block.transactions(), lastCommit, evidence);
  }

  private static StoredBlock signed(Cluster cluster, Block block) {
    Hash id = Blocks.id(block.header());
    CommitSignature empty = new CommitSignature(0, Bytes.of(new byte[64]));
    CommitCertificate unsigned =
        new CommitCertificate(block.header().height(), 0, id, List.of(empty));
    byte[] message = Votes.signBytes(cluster.genesis().chainId(), Votes.precommit(unsigned, empty));
    return new StoredBlock(
        block,
        new CommitCertificate(
            block.header().height(),
            0,
            id,
            List.of(new CommitSignature(0, Bytes.of(cluster.keys(0).validator().sign(message))))));
  }

  private static BlockHeader changed(BlockHeader header, String field) {
    Object other =
        switch (field) {
          case "version" -> 2;
          case "proposer" -> 1;
          case "chainId" -> "other";
          case "timeMs" -> 1L;
          default -> Hash.ZERO;
        };
    return changed(header, field, other);
  }

  private static BlockHeader changed(BlockHeader header, String field, Object value) {
    try {
      RecordComponent[] components = BlockHeader.class.getRecordComponents();
      Object[] values = new Object[components.length];
      Class<?>[] types = new Class<?>[components.length];
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        boolean here = components[i].getName().equals(field);
        values[i] = here ? value : components[i].getAccessor().invoke(header);
      }
      return BlockHeader.class.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a header's components", e);
    }
  }

  @Test
  void anotherGenesisDoesNotFit() {
    Cluster cluster = filled();
    VerificationReport report =
        LedgerVerification.verify(
            cluster.home(0), Cluster.genesis("other", cluster.genesis().institutions()));
    assertThat(report.difference()).hasValue("height 1: chain id differs");
  }

  /** Blocks of one transaction each, of a single institution, at rest. */
  private Cluster filled() {
    Cluster cluster = new Cluster(folder.resolve("consortium-" + founded++), 10);
    LedgerNode node = cluster.start(0);
    for (int i = 0; i < BLOCKS; i++) {
      IdentifiedTransaction transaction = cluster.request(0);
      node.submit(transaction.transaction());
      await().atMost(Duration.ofSeconds(30)).until(() -> node.find(transaction.id()).isPresent());
    }
    cluster.close();
    return cluster;
  }

  private interface Change {
    StoredBlock of(StoredBlock stored);
  }

  /** Copies the blocks to home 9, one of them changed; what stands beside them is kept. */
  private static void rewrite(Cluster cluster, long height, Change change) {
    rewrite(cluster, height, change, outcome -> outcome);
  }

  private static void rewrite(
      Cluster cluster, long height, Change change, UnaryOperator<Bytes> outcomes) {
    List<StoredBlock> blocks = new ArrayList<>();
    List<Bytes> beside = new ArrayList<>();
    BlockSegments.walkWithOutcomes(
        LedgerFiles.segments(cluster.home(0)),
        (block, outcome) -> blocks.add(block) && beside.add(outcome));
    assertThat(blocks).hasSize(BLOCKS);
    try (LedgerFiles copy = LedgerFiles.open(cluster.home(9), Disk.real())) {
      for (int i = 0; i < blocks.size(); i++) {
        boolean here = blocks.get(i).height() == height;
        copy.blocks()
            .append(
                here ? change.of(blocks.get(i)) : blocks.get(i),
                here ? outcomes.apply(beside.get(i)) : beside.get(i));
      }
    }
  }

  private static Path segment(Path home) throws IOException {
    try (Stream<Path> files = Files.list(LedgerFiles.segments(home))) {
      return files.filter(each -> each.toString().endsWith(".journal")).findFirst().orElseThrow();
    }
  }
}
