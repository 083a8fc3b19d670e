package org.medseal.ledger.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.engine.EngineStatus;
import org.medseal.ledger.engine.EngineStatus.Cause;
import org.medseal.ledger.engine.TrustedBlock;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksResponse;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VoteMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.WitnessAnswer;
import org.medseal.ledger.model.Checkpoint;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.VoteType;

/**
 * Whoever slept for longer than the validators it knows answer for what they sign believes none of
 * them, live or in blocks; and a consortium that slept as a whole is woken by its operators.
 */
class TrustPeriodTest {
  private static final List<StoredBlock> CHAIN = LoneEngine.chain();
  private static final long THREE_WEEKS_MS = Duration.ofDays(21).toMillis();
  private static final long MINUTE_MS = 60_000;

  @Test
  void aSleeperDecidesNothingWithTheLiveVotesOfWhomItKnew() {
    LoneEngine sleeper = asleepFor(15, Optional.empty());
    decideLive(sleeper, CHAIN.get(0));
    assertThat(sleeper.disk.blocks.height()).isZero();
    assertThat(PeerWords.own(sleeper)).as("signs nothing either").isEmpty();
    EngineStatus.Waiting waiting = sleeper.core.status().waiting();
    assertThat(waiting.cause()).isEqualTo(Cause.TRUST_PERIOD);
    assertThat(waiting.sentence())
        .contains("older than the trust period of 14 days")
        .contains("or the clock here is wrong: it says 2023-11-29T22:13:00Z")
        .contains("medseal.ledger.checkpoint")
        .contains("genesis@YYYY-MM-DD");
  }

  @Test
  void whoSleptLessDecides() {
    LoneEngine awake = asleepFor(13, Optional.empty());
    decideLive(awake, CHAIN.get(0));
    assertThat(awake.disk.blocks.height()).isEqualTo(1);
  }

  @Test
  void whatWasDecidedByTheOwnLogIsNotBelievedAfterTheSleepEither() {
    LoneEngine engine = LoneEngine.started();
    StoredBlock first = CHAIN.get(0);
    engine.core.onMessage(0, offer(first));
    votes(first).limit(2).forEach(each -> engine.core.onMessage(each.vote().validator(), each));
    engine.nowMs += Duration.ofDays(15).toMillis();
    votes(first).skip(2).forEach(each -> engine.core.onMessage(each.vote().validator(), each));
    assertThat(engine.disk.blocks.height()).isZero();
  }

  @Test
  void aCheckpointAboveLetsBlocksInButNoLiveVotes() {
    Checkpoint above = new Checkpoint(5, CHAIN.get(4).certificate().blockId());
    LoneEngine sleeper = asleepFor(15, Optional.of(TrustedBlock.of(above)));
    decideLive(sleeper, CHAIN.get(0));
    assertThat(sleeper.disk.blocks.height()).isZero();
  }

  @Test
  void theDayOnWhichTheGenesisWasAllThereWasLetsItBegin() {
    LoneEngine sleeper = asleepFor(15, Optional.of(newest(Optional.empty(), 15)));
    decideLive(sleeper, CHAIN.get(0));
    assertThat(sleeper.disk.blocks.height()).isEqualTo(1);
  }

  @Test
  void aDayThatIsItselfTooLongAgoOrYetToComeDoesNot() {
    Map<Integer, String> days = Map.of(0, "is itself longer ago than that", 17, "is still to come");
    days.forEach(
        (daysAfter, why) -> {
          LoneEngine sleeper = asleepFor(15, Optional.of(newest(Optional.empty(), daysAfter)));
          decideLive(sleeper, CHAIN.get(0));
          assertThat(sleeper.disk.blocks.height()).as("day " + daysAfter).isZero();
          assertThat(sleeper.core.status().waitingFor()).endsWith("does not count: it " + why);
        });
  }

  @Test
  void theDayOfAHigherBlockSaysNothingOfTheOwnOne() {
    Checkpoint above = new Checkpoint(5, CHAIN.get(4).certificate().blockId());
    LoneEngine sleeper = asleepFor(15, Optional.of(newest(Optional.of(above), 15)));
    decideLive(sleeper, CHAIN.get(0));
    assertThat(sleeper.disk.blocks.height()).isZero();
    assertThat(sleeper.core.status().waitingFor())
        .endsWith("does not count: it is that of block 5, which is not here yet");
  }

  /** Left in the file long ago: what follows the checkpoint is proven by whoever has old keys. */
  @Test
  void blocksAreTakenUpToAnOldCheckpointAndNoFurther() {
    Checkpoint old = new Checkpoint(3, CHAIN.get(2).certificate().blockId());
    LoneEngine sleeper = asleepFor(15, Optional.of(TrustedBlock.of(old)));
    sleeper.core.onMessage(0, PeerWords.claim(CHAIN.size() + 1));
    assertThat(sleeper.sent(BlocksRequest.class)).containsExactly(new BlocksRequest(1, 3));
    sleeper.core.onMessage(0, new BlocksResponse(CHAIN.subList(0, 3)));
    sleeper.core.onMessage(0, PeerWords.claim(CHAIN.size() + 1));
    assertThat(sleeper.disk.blocks.height()).isEqualTo(3);
    assertThat(sleeper.sent(BlocksRequest.class)).as("nothing more is asked for").hasSize(1);
    assertThat(sleeper.core.status().waiting().cause()).isEqualTo(Cause.TRUST_PERIOD);
  }

  @Test
  void whatWasFetchedInTimeIsNotTakenAfterIt() {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(1, PeerWords.claim(4));
    engine.core.onMessage(2, PeerWords.claim(CHAIN.size() + 1));
    engine.core.onMessage(2, new BlocksResponse(CHAIN.subList(3, CHAIN.size())));
    engine.nowMs += Duration.ofDays(15).toMillis();
    engine.core.onMessage(1, new BlocksResponse(CHAIN.subList(0, 3)));
    assertThat(engine.disk.blocks.height()).isZero();
    engine.nowMs -= Duration.ofDays(15).toMillis();
    engine.core.onMessage(2, PeerWords.claim(CHAIN.size() + 1));
    assertThat(engine.disk.blocks.height()).as("nor kept").isZero();
  }

  @Test
  void aClockFarBehindTheNewestBlockMakesNothingYoung() {
    LoneEngine behind = new LoneEngine(LoneEngine.emptyDisk());
    behind.nowMs = SimGenesis.TIME_MS - SimNode.PACING.clockWindowMs() - 1;
    behind.core.start();
    behind.peersKnowNothing();
    decideLive(behind, CHAIN.get(0));
    assertThat(behind.disk.blocks.height()).isZero();
    assertThat(behind.core.status().waiting().cause()).isEqualTo(Cause.OWN_CLOCK);
    assertThat(behind.core.status().waitingFor()).contains("the clock of this node is behind");
    behind.nowMs += 1;
    decideLive(behind, CHAIN.get(0));
    assertThat(behind.disk.blocks.height()).as("as far as clocks may differ").isEqualTo(1);
  }

  @Test
  void thePeriodMayEndBetweenTwoLooksAtTheClock() {
    for (int looks = 0; looks < 40; looks++) {
      LoneEngine engine = new LoneEngine(LoneEngine.emptyDisk());
      engine.core.start();
      for (int peer = 0; peer < LoneEngine.SELF; peer++) {
        engine.core.onPeerConnected(peer);
      }
      WitnessAnswer nothing = new WitnessAnswer(1, List.of(), List.of());
      engine.core.onMessage(0, nothing);
      engine.core.onMessage(0, offer(CHAIN.get(0)));
      engine.nowMs = SimGenesis.TIME_MS + Duration.ofDays(14).toMillis() - looks;
      engine.tickMs = 1;
      assertTimeoutPreemptively(
          Duration.ofSeconds(20), () -> engine.core.onMessage(1, nothing), "after " + looks);
    }
  }

  @Test
  void aClockThatIsSetBackWhileTheStatusIsToldDoesNoHarm() {
    for (int looks = 0; looks < 40; looks++) {
      LoneEngine engine = asleepFor(15, Optional.empty());
      engine.nowMs = SimGenesis.TIME_MS + Duration.ofDays(14).toMillis() + looks;
      engine.tickMs = -1;
      assertThat(engine.core.status().waiting().sentence()).isNotEmpty();
    }
  }

  @Test
  void whoDecidesAloneIsNobodysVictim() {
    Genesis alone = SimGenesis.of(List.of(1L, 1L, 1L, 20L));
    LoneEngine engine = new LoneEngine(alone, LoneEngine.emptyDisk(), Optional.empty());
    engine.nowMs += THREE_WEEKS_MS;
    engine.core.start();
    engine.core.submit(SimGenesis.transaction(1, false));
    assertThat(engine.core.status().waiting().cause()).isNotEqualTo(Cause.TRUST_PERIOD);
    assertThat(engine.core.status().waiting().warnings().toString()).doesNotContain("trust period");
  }

  @Test
  void aConsortiumSwitchedOffForThreeWeeksWaitsForItsOperators() {
    Stage stage = asleep();
    for (int i = 0; i < 4; i++) {
      stage.start(i, Optional.empty());
    }
    stage.submit(0);
    stage.run(10 * MINUTE_MS);
    for (int i = 0; i < 4; i++) {
      assertThat(stage.height(i)).isEqualTo(1);
      assertThat(stage.status(i).waiting().cause()).isEqualTo(Cause.TRUST_PERIOD);
      assertThat(stage.status(i).waitingFor())
          .contains("every institution sets 1:" + tip(stage).blockId().hex() + "@YYYY-MM-DD");
    }
  }

  /** The checkpoint at the own tip with the day of the telephone call: nothing else is needed. */
  @Test
  void oneSettingOnEachWakesIt() {
    Stage stage = asleep();
    for (int i = 0; i < 4; i++) {
      stage.start(i, Optional.of(newest(Optional.of(tip(stage)), 21)));
    }
    stage.run(MINUTE_MS);
    for (int i = 0; i < 4; i++) {
      assertThat(stage.height(i)).as("the heartbeat comes at once").isEqualTo(2);
    }
    stage.submit(3);
    stage.run(MINUTE_MS);
    assertThat(stage.height(0)).isEqualTo(3);
    for (int i = 0; i < 4; i++) {
      stage.stop(i);
    }
    for (int i = 0; i < 4; i++) {
      stage.start(i, Optional.empty());
    }
    stage.submit(1);
    stage.run(MINUTE_MS);
    assertThat(stage.height(0)).as("and not needed again").isEqualTo(4);
  }

  @Test
  void aQuorumThatWasToldGoesOnAndTheLastOneFollowsByACheckpointAbove() {
    Stage stage = asleep();
    for (int i = 0; i < 3; i++) {
      stage.start(i, Optional.of(newest(Optional.of(tip(stage)), 21)));
    }
    stage.start(3, Optional.empty());
    stage.run(MINUTE_MS);
    assertThat(stage.height(0)).isEqualTo(2);
    assertThat(stage.height(3)).isEqualTo(1);
    stage.stop(3);
    stage.start(3, Optional.of(TrustedBlock.of(tip(stage))));
    stage.run(MINUTE_MS);
    assertThat(stage.height(3)).isEqualTo(2);
    stage.submit(3);
    stage.run(MINUTE_MS);
    assertThat(stage.height(3)).isEqualTo(3);
  }

  /** Crashed while a height was being decided: some voted three weeks ago, and hold to it. */
  @Test
  void aBlockThatWasHalfDecidedBeforeTheSleepIsDecidedAfterIt() {
    Stage stage = new Stage();
    stage.submit(0);
    stage.run(MINUTE_MS);
    stage.submit(1);
    stage.run(12);
    switchOff(stage);
    for (int i = 0; i < 4; i++) {
      stage.start(i, Optional.of(newest(Optional.of(tip(stage)), 21)));
    }
    stage.submit(2);
    stage.run(MINUTE_MS);
    for (int i = 0; i < 4; i++) {
      assertThat(stage.height(i)).isGreaterThanOrEqualTo(3);
      assertThat(stage.status(i).waiting().cause()).isEqualTo(Cause.NOTHING_PENDING);
    }
  }

  /** One block decided, then three weeks without a node. */
  private static Stage asleep() {
    Stage stage = new Stage();
    stage.submit(0);
    stage.run(MINUTE_MS);
    switchOff(stage);
    return stage;
  }

  private static void switchOff(Stage stage) {
    for (int i = 0; i < 4; i++) {
      stage.stop(i);
    }
    stage.run(THREE_WEEKS_MS);
  }

  private static Checkpoint tip(Stage stage) {
    long height = stage.height(0);
    return new Checkpoint(
        height, stage.node(0).disk.blocks.block(height).orElseThrow().certificate().blockId());
  }

  private static LoneEngine asleepFor(int days, Optional<TrustedBlock> trusted) {
    LoneEngine engine = new LoneEngine(LoneEngine.GENESIS, LoneEngine.emptyDisk(), trusted);
    engine.nowMs += Duration.ofDays(days).toMillis();
    engine.core.start();
    engine.peersKnowNothing();
    engine.sent.clear();
    return engine;
  }

  private static TrustedBlock newest(Optional<Checkpoint> block, long daysAfterGenesis) {
    LocalDate day =
        Instant.ofEpochMilli(SimGenesis.TIME_MS)
            .atZone(ZoneOffset.UTC)
            .toLocalDate()
            .plusDays(daysAfterGenesis);
    return new TrustedBlock(block, Optional.of(day));
  }

  /** What a quorum of the validators of its height would say if they decided it now. */
  private static void decideLive(LoneEngine engine, StoredBlock block) {
    engine.core.onMessage(0, offer(block));
    votes(block).forEach(each -> engine.core.onMessage(each.vote().validator(), each));
  }

  private static ProposalMessage offer(StoredBlock block) {
    return PeerWords.proposal(block.block(), block.block().header().proposer());
  }

  /** Of 80 of 100 stake. */
  private static Stream<VoteMessage> votes(StoredBlock block) {
    return IntStream.range(0, LoneEngine.SELF)
        .mapToObj(
            validator ->
                PeerWords.vote(
                    VoteType.PRECOMMIT,
                    block.height(),
                    0,
                    Optional.of(block.certificate().blockId()),
                    validator));
  }
}
