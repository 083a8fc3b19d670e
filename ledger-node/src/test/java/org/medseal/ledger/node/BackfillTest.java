package org.medseal.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.OlderBlock;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksResponse;
import org.medseal.ledger.engine.embedded.PeerMessage.OlderResponse;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotMessage;
import org.medseal.ledger.index.H2Index;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Checkpoint;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.node.NodeSettings.Snapshotting;
import org.medseal.ledger.snapshot.Join;
import org.medseal.ledger.snapshot.SnapshotAnswers;
import org.medseal.ledger.snapshot.SnapshotPeers;
import org.medseal.ledger.store.BlockSegments;
import org.medseal.ledger.store.JoinedFolder;
import org.medseal.ledger.store.LedgerBackup;
import org.medseal.ledger.store.LedgerFiles;
import org.medseal.ledger.store.StoreException;

/** The blocks from before a snapshot come backwards, and only true ones are kept. */
@Timeout(180)
class BackfillTest {
  private static final int SNAPSHOT = 150;

  @TempDir static Path source;
  @TempDir Path home;

  private static Cluster cluster;
  private static LedgerFiles files;
  private static H2Index index;
  private static SnapshotAnswers answers;

  @BeforeAll
  static void makeALongLedger() {
    cluster = new Cluster(source, 10);
    cluster.tune(0, each -> each.withSnapshots(new Snapshotting(SNAPSHOT, false)));
    LedgerNode node = cluster.start(0);
    while (node.view().height() <= SNAPSHOT) {
      IdentifiedTransaction one = cluster.request(0);
      assertThat(node.submit(one.transaction()).isOk()).isTrue();
      await()
          .pollInterval(Duration.ofMillis(2))
          .atMost(Duration.ofSeconds(60))
          .until(() -> node.find(one.id()).isPresent());
    }
    Path made = cluster.home(0).resolve(String.format("ledger/snapshots/%020d.snapshot", SNAPSHOT));
    await().until(() -> Files.exists(made));
    cluster.stop(0);
    files = LedgerFiles.open(cluster.home(0), Disk.real());
    index = H2Index.open(cluster.home(0).resolve("index"));
    LedgerCopy copy = new LedgerCopy(cluster.genesis(), files.blocks(), index);
    answers =
        new SnapshotAnswers(
            NodeSnapshots.folder(cluster.settings(0), files.blocks(), Disk.real()),
            files.blocks(),
            new SnapshotAnswers.Headers(copy, copy.validatorHistory(), Long.MAX_VALUE));
  }

  @AfterAll
  static void close() {
    index.close();
    files.close();
  }

  @BeforeEach
  void join() throws InterruptedException {
    LedgerFiles.open(home, Disk.real()).close();
    Checkpoint checkpoint =
        new Checkpoint(1, files.blocks().block(1).orElseThrow().certificate().blockId());
    Join join = new Join(home, cluster.genesis(), checkpoint, Disk.real());
    assertThat(join.attempt(new One(), Instant.now(), each -> {})).isEmpty();
  }

  @Test
  void untilAllAreHereNothingClaimsToBeWhole() throws IOException {
    try (LedgerFiles joined = LedgerFiles.open(home, Disk.real())) {
      assertThat(joined.blocks().lowest()).isGreaterThan(1).isLessThanOrEqualTo(SNAPSHOT - 100);
      assertThat(joined.blocks().block(joined.blocks().lowest())).isPresent();
      assertThat(joined.blocks().block(joined.blocks().lowest() - 1)).isEmpty();
    }
    Files.writeString(home.resolve("genesis.json"), "{}");
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> LedgerBackup.write(home, home.resolve("backup")))
        .withMessageContaining("joined by a snapshot");
    assertThat(LedgerVerification.verify(home, cluster.genesis()).difference().orElseThrow())
        .contains("joined by a snapshot");
  }

  @Test
  void afterwardsTheHomeHoldsWhatEveryOtherHolds() {
    fill(UnaryOperator.identity());
    try (LedgerFiles joined = LedgerFiles.open(home, Disk.real())) {
      assertThat(joined.blocks().lowest()).isEqualTo(1);
      for (long height = 1; height <= SNAPSHOT; height++) {
        assertThat(joined.blocks().block(height).orElseThrow().block())
            .isEqualTo(files.blocks().block(height).orElseThrow().block());
        assertThat(joined.blocks().outcome(height)).isEqualTo(files.blocks().outcome(height));
      }
    }
    VerificationReport report = LedgerVerification.verify(home, cluster.genesis());
    assertThat(report.difference()).isEmpty();
    assertThat(report.height()).isEqualTo(SNAPSHOT);
  }

  @Test
  void onceTheyAreHereOthersAreGivenThemFromTheFirstToTheSnapshotsOwn() throws Exception {
    fill(UnaryOperator.identity());
    List<BlocksResponse> sent = new CopyOnWriteArrayList<>();
    Semaphore handled = new Semaphore(0);
    try (LedgerFiles joined = LedgerFiles.open(home, Disk.real());
        BlockServer server =
            new BlockServer(
                joined.blocks(),
                any -> BlockServer.Given.NOTHING,
                (peer, answer) -> sent.add((BlocksResponse) answer))) {
      server.serve(0, new BlocksRequest(1, 3), handled::release);
      server.serve(0, new BlocksRequest(SNAPSHOT - 1, SNAPSHOT), handled::release);
      handled.acquire(2);
    }
    assertThat(sent.stream().flatMap(each -> each.blocks().stream()))
        .containsExactlyElementsOf(
            Stream.of(1L, 2L, 3L, SNAPSHOT - 1L, (long) SNAPSHOT)
                .map(each -> files.blocks().block(each).orElseThrow())
                .toList());
  }

  @Test
  void whoSendsWhatIsNotTrueIsBannedAndAskedNoMore() {
    List<Integer> banned = fill(BackfillTest::otherNote);
    assertThat(banned).containsExactly(0);
    try (LedgerFiles joined = LedgerFiles.open(home, Disk.real())) {
      assertThat(joined.blocks().lowest()).isEqualTo(1);
    }
  }

  /** Below the first block of an answer each is proven by the one above, and its proof with it. */
  @Test
  void theCertificateKeptIsTheProvenOneNotTheSenders() {
    assertThat(fill(BackfillTest::unsigned)).isEmpty();
    try (LedgerFiles joined = LedgerFiles.open(home, Disk.real())) {
      for (long height = 1; height <= SNAPSHOT; height++) {
        assertThat(joined.blocks().block(height).orElseThrow().certificate().signatures())
            .isNotEmpty();
      }
    }
  }

  private static OlderResponse unsigned(OlderResponse response) {
    return new OlderResponse(
        response.blocks().stream()
            .map(
                each -> {
                  CommitCertificate real = each.stored().certificate();
                  CommitCertificate empty =
                      new CommitCertificate(real.height(), real.round(), real.blockId(), List.of());
                  return new OlderBlock(new StoredBlock(each.stored().block(), empty), each.note());
                })
            .toList());
  }

  @Test
  void aLateAnswerToAnEarlierQuestionIsLetGoAndTheAnswerAwaited() {
    assertThat(fill(BackfillTest::withoutFirst)).isEmpty();
  }

  @Test
  void afterAFailureItGoesOn() {
    AtomicBoolean failed = new AtomicBoolean();
    UnaryOperator<OlderResponse> failing =
        each -> {
          if (failed.compareAndSet(false, true)) {
            throw new IllegalStateException("the first time something is broken");
          }
          return each;
        };
    assertThat(fill(failing)).isEmpty();
    assertThat(failed).isTrue();
  }

  @Test
  void whoHasNoneIsNotBanned() {
    assertThat(fill(any -> new OlderResponse(List.of()))).isEmpty();
  }

  @Test
  void aChangedByteInAnOlderBlockIsNamedWithItsFile() throws IOException {
    Path older = JoinedFolder.older(JoinedFolder.joining(home).resolveSibling("joined"));
    Path file;
    try (var list = Files.list(older)) {
      file = list.sorted().findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    try (LedgerFiles joined = LedgerFiles.open(home, Disk.real())) {
      BlockSegments blocks = joined.blocks();
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> readAll(blocks))
          .withMessageContaining(file.getFileName().toString());
    }
  }

  private static void readAll(BlockSegments blocks) {
    for (long height = blocks.lowest(); height <= SNAPSHOT; height++) {
      blocks.block(height);
    }
  }

  /** Peer 0's answers pass through the change and then come true; who was banned. */
  private List<Integer> fill(UnaryOperator<OlderResponse> change) {
    List<Integer> banned = new CopyOnWriteArrayList<>();
    try (LedgerFiles joined = LedgerFiles.open(home, Disk.real())) {
      Played link = new Played(change, banned);
      try (Backfill backfill =
          Backfill.of(cluster.genesis().chainId(), joined.blocks(), joined.blocks().older(), link)
              .orElseThrow()) {
        link.backfill = Optional.of(backfill);
        backfill.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> joined.blocks().lowest() == 1);
      }
    }
    return banned;
  }

  private static OlderResponse withoutFirst(OlderResponse response) {
    List<OlderBlock> blocks = new ArrayList<>(response.blocks());
    blocks.remove(0);
    return new OlderResponse(blocks);
  }

  private static OlderResponse otherNote(OlderResponse response) {
    List<OlderBlock> blocks = new ArrayList<>(response.blocks());
    byte[] note = blocks.get(0).note().toArray();
    note[3] ^= 1;
    blocks.set(0, new OlderBlock(blocks.get(0).stored(), Bytes.of(note)));
    return new OlderResponse(blocks);
  }

  private static final class Played implements Backfill.Link {
    private final UnaryOperator<OlderResponse> change;
    private final List<Integer> banned;
    private Optional<Backfill> backfill = Optional.empty();

    Played(UnaryOperator<OlderResponse> change, List<Integer> banned) {
      this.change = change;
      this.banned = banned;
    }

    @Override
    public List<Integer> connected() {
      return banned.isEmpty() ? List.of(0, 1) : List.of(1);
    }

    @Override
    public void send(int peer, PeerMessage message) {
      OlderResponse answer = (OlderResponse) answers.to((SnapshotMessage) message).orElseThrow();
      if (peer == 0) {
        backfill.orElseThrow().onMessage(peer, change.apply(answer));
      }
      backfill.orElseThrow().onMessage(peer, answer);
    }

    @Override
    public void ban(int peer, long forMs) {
      banned.add(peer);
    }
  }

  private static final class One implements SnapshotPeers {
    @Override
    public List<Integer> connected() {
      return List.of(1);
    }

    @Override
    public Optional<SnapshotMessage> ask(int peer, SnapshotMessage request) {
      return answers.to(request);
    }

    @Override
    public void ban(int peer) {
      throw new AssertionError("an honest peer is banned");
    }
  }
}
