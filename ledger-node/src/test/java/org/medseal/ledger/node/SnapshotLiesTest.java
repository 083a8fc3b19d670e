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
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotPart.Kind;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotPartRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotsAnswer;
import org.medseal.ledger.index.H2Index;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Checkpoint;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.node.NodeSettings.Snapshotting;
import org.medseal.ledger.snapshot.Join;
import org.medseal.ledger.snapshot.SnapshotAnswers;
import org.medseal.ledger.snapshot.SnapshotPeers;
import org.medseal.ledger.store.JoinedFolder;
import org.medseal.ledger.store.LedgerFiles;

/** Of what a peer sends to who joins, nothing is kept that is not true, and the liar is banned. */
@Timeout(180)
class SnapshotLiesTest {
  private static final int LIAR = 0;
  private static final int HONEST = 1;
  private static final int EVERY = 4;

  /** More than one whole run of look-ups, and some left over. */
  private static final int TRANSACTIONS = 600;

  /** Spread over the state. */
  private static final int BYTES_CHANGED = 60;

  @TempDir static Path source;
  @TempDir Path folder;

  private static Cluster cluster;
  private static LedgerFiles files;
  private static H2Index index;
  private static SnapshotAnswers answers;
  private static Checkpoint checkpoint;
  private static long snapshot;

  @BeforeAll
  static void makeALedgerWithASnapshot() {
    cluster = new Cluster(source, 10);
    cluster.tune(0, each -> each.withSnapshots(new Snapshotting(EVERY, false)));
    LedgerNode node = cluster.start(0);
    List<IdentifiedTransaction> sent = new ArrayList<>();
    for (int i = 0; i < TRANSACTIONS; i++) {
      sent.add(cluster.request(0));
      assertThat(node.submit(sent.get(i).transaction()).isOk()).isTrue();
    }
    committed(node, sent.get(TRANSACTIONS - 1));
    while (node.view().height() % EVERY != 1) {
      IdentifiedTransaction one = cluster.request(0);
      node.submit(one.transaction());
      committed(node, one);
    }
    snapshot = node.view().height() - 1;
    Path made = cluster.home(0).resolve(String.format("ledger/snapshots/%020d.snapshot", snapshot));
    await().until(() -> Files.exists(made));
    checkpoint = new Checkpoint(snapshot + 1, node.status().blockId());
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

  private static void committed(LedgerNode node, IdentifiedTransaction transaction) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> node.find(transaction.id()).isPresent() && node.status().pending() == 0);
  }

  @AfterAll
  static void close() {
    index.close();
    files.close();
  }

  /** As a node does before it joins: it must know that it has signed nothing. */
  @BeforeEach
  void makeAnEmptyHome() {
    LedgerFiles.open(folder, Disk.real()).close();
  }

  /** It may be late, to a question asked before. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("org.medseal.ledger.node.SnapshotLies#otherAnswers")
  void anAnswerToAnotherQuestionIsNotUsedAndNoLie(String what, UnaryOperator<SnapshotMessage> late)
      throws InterruptedException {
    Played alone = new Played(late, LIAR);
    assertThat(join().attempt(alone, Instant.now(), each -> {})).as(what).isPresent();
    assertThat(alone.banned).isEmpty();
    Played both = new Played(late, LIAR, HONEST);
    assertThat(join().attempt(both, Instant.now(), each -> {})).isEmpty();
    assertThat(both.banned).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("org.medseal.ledger.node.SnapshotLies#lies")
  void whoLiesIsBannedAndAnotherBelieved(String what, UnaryOperator<SnapshotMessage> lie)
      throws InterruptedException {
    Played peers = new Played(lie, LIAR, HONEST);
    assertThat(join().attempt(peers, Instant.now(), each -> {})).isEmpty();
    assertThat(peers.banned).as(what).doesNotContain(HONEST);
    assertThat(JoinedFolder.joining(folder).resolveSibling("joined").resolve("base")).exists();
    try (LedgerFiles joined = LedgerFiles.open(folder, Disk.real())) {
      assertThat(joined.blocks().height()).isEqualTo(snapshot);
      assertThat(joined.blocks().base().orElseThrow().blockId()).isEqualTo(idOf(snapshot));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("org.medseal.ledger.node.SnapshotLies#lies")
  void withALiarAloneNothingIsJoined(String what, UnaryOperator<SnapshotMessage> lie)
      throws InterruptedException {
    Played peers = new Played(lie, LIAR);
    assertThat(join().attempt(peers, Instant.now(), each -> {})).as(what).isPresent();
    assertThat(peers.banned).containsExactly(LIAR);
    assertThat(JoinedFolder.joining(folder).resolveSibling("joined")).doesNotExist();
  }

  @Test
  void noByteOfTheStateIsTakenUnproven() throws InterruptedException {
    for (int i = 0; i < BYTES_CHANGED; i++) {
      int part = i;
      Played peers =
          new Played(
              SnapshotLies.part(
                  Kind.STATE,
                  each ->
                      SnapshotLies.changed(each, 4 + part * (each.length() - 4) / BYTES_CHANGED)),
              LIAR);
      assertThat(join().attempt(peers, Instant.now(), each -> {})).as("part " + i).isPresent();
      assertThat(peers.banned).containsExactly(LIAR);
    }
  }

  @Test
  void whoDoesNotAnswerOrHasItNoMoreIsNotBanned() throws InterruptedException {
    for (Kind kind : Kind.values()) {
      Played peers = new Played(SnapshotLies.part(kind, each -> Bytes.empty()), LIAR);
      assertThat(join().attempt(peers, Instant.now(), each -> {})).isPresent();
      assertThat(peers.banned).isEmpty();
    }
  }

  /** It would hold the join up for as long as it likes, one look-up before each time-out. */
  @Test
  void whoGivesInDripsIsLeftAfterThreeAnswersAndAnotherAsked() throws InterruptedException {
    Played alone = new Played(SnapshotLies.part(Kind.LOOKUPS, SnapshotLies::firstOnly), LIAR);
    assertThat(join().attempt(alone, Instant.now(), each -> {})).isPresent();
    assertThat(alone.requests.stream().filter(SnapshotLiesTest::isForLookups)).hasSize(3);
    assertThat(alone.banned).isEmpty();
    Played both =
        new Played(SnapshotLies.part(Kind.LOOKUPS, SnapshotLies::firstOnly), LIAR, HONEST);
    assertThat(join().attempt(both, Instant.now(), each -> {})).isEmpty();
    assertThat(both.banned).isEmpty();
  }

  private static boolean isForLookups(SnapshotMessage request) {
    return request instanceof SnapshotPartRequest asked && asked.part() == Kind.LOOKUPS;
  }

  @Test
  void aSnapshotOfAHeightThatNobodyProvesGivesWayToOneBelow() throws InterruptedException {
    Played peers =
        new Played(
            each ->
                each instanceof SnapshotsAnswer
                    ? new SnapshotsAnswer(List.of(snapshot, 1_000_000_000L))
                    : each,
            LIAR,
            HONEST);
    assertThat(join().attempt(peers, Instant.now(), each -> {})).isEmpty();
  }

  @Test
  void anotherCheckpointIsNotJoined() throws InterruptedException {
    Checkpoint other = new Checkpoint(checkpoint.height(), idOf(1));
    Played peers = new Played(UnaryOperator.identity(), HONEST);
    Join join = new Join(folder, cluster.genesis(), other, Disk.real());
    assertThat(join.attempt(peers, Instant.now(), each -> {})).isPresent();
    assertThat(peers.banned).containsExactly(HONEST);
  }

  @Test
  void anOldCheckpointLeadsNowhereAbove() throws InterruptedException {
    Checkpoint early = new Checkpoint(1, idOf(1));
    Join join = new Join(folder, cluster.genesis(), early, Disk.real());
    Instant later = Instant.now().plus(Duration.ofDays(15));
    assertThat(join.attempt(new Played(UnaryOperator.identity(), HONEST), later, each -> {}))
        .isPresent();
    assertThat(
            join.attempt(new Played(UnaryOperator.identity(), HONEST), Instant.now(), each -> {}))
        .isEmpty();
  }

  /** A process that ends at any question leaves nothing behind that is used. */
  @Test
  void whateverIsHalfFetchedIsThrownAway() throws InterruptedException, IOException {
    Played count = new Played(UnaryOperator.identity(), HONEST);
    assertThat(join().attempt(count, Instant.now(), each -> {})).isEmpty();
    assertThat(count.requests).hasSizeGreaterThan(5);
    for (int last = 1; last < count.requests.size(); last++) {
      TestFolders.delete(folder.resolve("ledger"));
      makeAnEmptyHome();
      Played dies = new Played(UnaryOperator.identity(), HONEST);
      dies.end = last;
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> join().attempt(dies, Instant.now(), each -> {}));
      try (LedgerFiles half = LedgerFiles.open(folder, Disk.real())) {
        assertThat(half.blocks().height()).isZero();
        assertThat(half.blocks().base()).isEmpty();
      }
      Played again = new Played(UnaryOperator.identity(), HONEST);
      assertThat(join().attempt(again, Instant.now(), each -> {})).isEmpty();
    }
  }

  @Test
  void whatAnEarlierAttemptLeftBehindIsNotLookedAt() throws InterruptedException, IOException {
    Path joining = JoinedFolder.joining(folder);
    for (Path each :
        List.of(joining, JoinedFolder.older(joining), joining.resolve(JoinedFolder.SNAPSHOTS))) {
      Files.createDirectories(each);
      Files.write(each.resolve("00000000000000000001.blocks"), new byte[100]);
    }
    Played peers = new Played(UnaryOperator.identity(), HONEST);
    assertThat(join().attempt(peers, Instant.now(), each -> {})).isEmpty();
    LedgerFiles.open(folder, Disk.real()).close();
  }

  private static Hash idOf(long height) {
    return files.blocks().block(height).orElseThrow().certificate().blockId();
  }

  private Join join() {
    return new Join(folder, cluster.genesis(), checkpoint, Disk.real());
  }

  /** The liar's answers pass through the lie, the honest ones' do not. */
  private static final class Played implements SnapshotPeers {
    private final UnaryOperator<SnapshotMessage> lie;
    private final List<Integer> connected;
    private final List<Integer> banned = new ArrayList<>();
    private final List<SnapshotMessage> requests = new ArrayList<>();
    private int end = Integer.MAX_VALUE;

    Played(UnaryOperator<SnapshotMessage> lie, Integer... connected) {
      this.lie = lie;
      this.connected = List.of(connected);
    }

    @Override
    public List<Integer> connected() {
      return connected;
    }

    @Override
    public Optional<SnapshotMessage> ask(int peer, SnapshotMessage request) {
      if (requests.size() == end) {
        throw new IllegalStateException("the process ends here");
      }
      requests.add(request);
      Optional<SnapshotMessage> answer = answers.to(request).map(Played::newestOnly);
      return peer == LIAR ? answer.map(lie) : answer;
    }

    private static SnapshotMessage newestOnly(SnapshotMessage answer) {
      return answer instanceof SnapshotsAnswer ? new SnapshotsAnswer(List.of(snapshot)) : answer;
    }

    @Override
    public void ban(int peer) {
      banned.add(peer);
    }
  }
}
