package org.medseal.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.CommitCertificate.CommitSignature;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.store.BlockSegments;
import org.medseal.ledger.store.LedgerFiles;

@Timeout(120)
class LedgerVerificationTest {
  private static final int BLOCKS = 4;

  @TempDir Path folder;

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
    Cluster cluster = new Cluster(folder, 10);
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

  /** Copies the blocks to home 9, one of them changed. */
  private static void rewrite(Cluster cluster, long height, Change change) {
    List<StoredBlock> blocks = new ArrayList<>();
    BlockSegments.walk(LedgerFiles.segments(cluster.home(0)), blocks::add);
    assertThat(blocks).hasSize(BLOCKS);
    try (LedgerFiles copy = LedgerFiles.open(cluster.home(9), Disk.real())) {
      for (StoredBlock block : blocks) {
        copy.blocks().append(block.height() == height ? change.of(block) : block, Bytes.empty());
      }
    }
  }

  private static Path segment(Path home) throws IOException {
    try (Stream<Path> files = Files.list(LedgerFiles.segments(home))) {
      return files.filter(each -> each.toString().endsWith(".journal")).findFirst().orElseThrow();
    }
  }
}
