package org.medseal.ledger.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.consensus.Step;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.EngineException;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksResponse;
import org.medseal.ledger.engine.embedded.PeerMessage.StatusMessage;
import org.medseal.ledger.engine.embedded.TimerId;
import org.medseal.ledger.model.Checkpoint;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.Hash;

/** Who is asked for which blocks, and what becomes of who does not deliver them. */
class BlockSyncTest {
  private static final List<StoredBlock> CHAIN = LoneEngine.chain();
  private static final int SIZE = CHAIN.size();

  @Test
  void rangesGoToAllPeersAtOnceWithinAWindow() {
    LoneEngine engine = LoneEngine.started();
    for (int peer = 0; peer < 3; peer++) {
      engine.core.onMessage(peer, claim(10_001));
    }
    List<BlocksRequest> asked = engine.sent(BlocksRequest.class);
    BitSet heights = new BitSet();
    asked.forEach(each -> heights.set((int) each.from(), (int) each.to() + 1));
    assertThat(asked).hasSize(4);
    assertThat(heights.cardinality()).as("none twice, none left out").isEqualTo(256);
    assertThat(heights.length()).isEqualTo(257);
  }

  @Test
  void oneLiarWithABigClaimIsAskedForNoMoreThanItsShare() {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(1, claim(Long.MAX_VALUE - 1));
    assertThat(engine.sent(BlocksRequest.class)).hasSize(2);
  }

  @Test
  void blocksThatComeOutOfOrderAreCommittedInOrder() {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(1, claim(4));
    engine.core.onMessage(2, claim(SIZE + 1));
    assertThat(engine.sent(BlocksRequest.class))
        .containsExactly(new BlocksRequest(1, 3), new BlocksRequest(4, SIZE));
    engine.core.onMessage(2, new BlocksResponse(CHAIN.subList(3, SIZE)));
    assertThat(engine.disk.blocks.height()).isZero();
    engine.core.onMessage(1, new BlocksResponse(CHAIN.subList(0, 3)));
    assertThat(engine.disk.blocks.height()).isEqualTo(SIZE);
  }

  @Test
  void whatAnAnswerLeavesOutIsAskedForAgain() {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(1, claim(SIZE + 1));
    engine.core.onMessage(1, new BlocksResponse(CHAIN.subList(0, 2)));
    assertThat(engine.sent(BlocksRequest.class)).last().isEqualTo(new BlocksRequest(3, SIZE));
  }

  @Test
  void aSlowPeerLosesItsRangeToAnother() {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(1, claim(SIZE + 1));
    engine.core.onMessage(2, claim(SIZE + 1));
    engine.sent.clear();
    engine.nowMs += SimNode.PACING.requestMs();
    engine.core.onTimer(new TimerId(TimerId.Kind.SYNC, 0, 0));
    assertThat(engine.sent(BlocksRequest.class)).containsExactly(new BlocksRequest(1, SIZE));
    engine.core.onMessage(1, new BlocksResponse(CHAIN));
    assertThat(engine.disk.blocks.height()).as("too late").isZero();
    engine.core.onMessage(2, new BlocksResponse(CHAIN));
    assertThat(engine.disk.blocks.height()).isEqualTo(SIZE);
  }

  @Test
  void whoHasNotWhatItClaimedIsBanned() {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(1, claim(5));
    engine.core.onMessage(1, new BlocksResponse(List.of()));
    assertThat(engine.core.isBanned(1)).isTrue();
  }

  @Test
  void anEmptyAnswerThatComesTooLateBansNobody() {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(1, claim(5));
    engine.nowMs += SimNode.PACING.requestMs();
    engine.core.onTimer(new TimerId(TimerId.Kind.SYNC, 0, 0));
    engine.core.onMessage(1, claim(SIZE + 1));
    engine.core.onMessage(1, new BlocksResponse(List.of()));
    assertThat(engine.core.isBanned(1)).isFalse();
    engine.core.onMessage(1, new BlocksResponse(CHAIN));
    assertThat(engine.disk.blocks.height()).as("what it was asked for next").isEqualTo(SIZE);
  }

  @Test
  void whoOwesNoLateAnswerIsBannedForAnEmptyOne() {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(1, claim(5));
    engine.nowMs += SimNode.PACING.requestMs();
    engine.core.onTimer(new TimerId(TimerId.Kind.SYNC, 0, 0));
    engine.core.onMessage(1, new BlocksResponse(CHAIN.subList(0, 4)));
    engine.core.onMessage(1, claim(SIZE + 1));
    engine.core.onMessage(1, new BlocksResponse(List.of()));
    assertThat(engine.core.isBanned(1)).isTrue();
  }

  @Test
  void nobodyIsAskedForWhatItSaysItHasNot() {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(1, new StatusMessage(SIZE + 1, 3, 0, Step.IDLE, List.of()));
    assertThat(engine.sent(BlocksRequest.class)).isEmpty();
    engine.core.onMessage(2, claim(3));
    assertThat(engine.sent(BlocksRequest.class))
        .containsExactly(new BlocksRequest(1, 2), new BlocksRequest(3, SIZE));
    assertThat(engine.core.isBanned(1)).isFalse();
  }

  @Test
  void whoSendsMoreOrOtherBlocksThanAskedForIsBanned() {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(1, claim(3));
    engine.core.onMessage(1, new BlocksResponse(CHAIN.subList(0, 3)));
    assertThat(engine.core.isBanned(1)).isTrue();
    assertThat(engine.disk.blocks.height()).isZero();
    engine.core.onMessage(2, claim(4));
    List<StoredBlock> gap = new ArrayList<>(CHAIN.subList(0, 3));
    gap.remove(1);
    engine.core.onMessage(2, new BlocksResponse(gap));
    assertThat(engine.core.isBanned(2)).isTrue();
    assertThat(engine.disk.blocks.height()).isZero();
  }

  @Test
  void aBlockThatIsNotProvenBansItsSenderAndKeepsWhatOthersSent() {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(1, claim(4));
    engine.core.onMessage(2, claim(SIZE + 1));
    engine.core.onMessage(2, new BlocksResponse(CHAIN.subList(3, SIZE)));
    List<StoredBlock> forged = new ArrayList<>(CHAIN.subList(0, 3));
    CommitCertificate good = forged.get(1).certificate();
    forged.set(
        1,
        new StoredBlock(
            forged.get(1).block(),
            new CommitCertificate(
                good.height(), good.round(), good.blockId(), good.signatures().subList(0, 1))));
    engine.core.onMessage(1, new BlocksResponse(forged));
    assertThat(engine.core.isBanned(1)).isTrue();
    assertThat(engine.disk.blocks.height()).isEqualTo(1);
    assertThat(engine.sent(BlocksRequest.class)).last().isEqualTo(new BlocksRequest(2, 3));
    engine.core.onMessage(2, new BlocksResponse(CHAIN.subList(1, 3)));
    assertThat(engine.disk.blocks.height()).isEqualTo(SIZE);
  }

  @Test
  void aClaimThatFallsBansUnlessTheMessagesMerelyOvertookEachOther() {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(1, claim(10));
    engine.core.onMessage(1, claim(9));
    assertThat(engine.core.isBanned(1)).isFalse();
    engine.nowMs += 6_000;
    engine.core.onMessage(1, claim(10));
    engine.nowMs += 6_000;
    engine.core.onMessage(1, claim(11));
    engine.core.onMessage(1, claim(5));
    assertThat(engine.core.isBanned(1)).isTrue();
  }

  @Test
  void whatADisconnectedPeerWasAskedForGoesToAnother() {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(1, claim(SIZE + 1));
    engine.core.onPeerDisconnected(1);
    engine.sent.clear();
    engine.core.onMessage(2, claim(SIZE + 1));
    assertThat(engine.sent(BlocksRequest.class)).containsExactly(new BlocksRequest(1, SIZE));
  }

  @Test
  void whoKnowsNoBlockWithinTheTrustPeriodTakesNoneWithoutACheckpoint() {
    LoneEngine engine = longAbsent(Optional.empty());
    engine.core.onMessage(1, claim(SIZE + 1));
    assertThat(engine.sent(BlocksRequest.class)).isEmpty();
    assertThat(engine.core.status().waiting().warnings().toString())
        .contains("medseal.ledger.checkpoint");
  }

  @Test
  void whoStoodAtTheTipWithAQuorumThroughTheIdleTimeNeedsNoCheckpoint() {
    LoneEngine engine = LoneEngine.started();
    for (int week = 0; week < 4; week++) {
      passAWeek(engine, 0, 1, 2);
    }
    engine.core.onMessage(1, claim(SIZE + 1));
    assertThat(engine.sent(BlocksRequest.class)).isNotEmpty();
  }

  @Test
  void aQuorumIsNeededForThat() {
    LoneEngine engine = LoneEngine.started();
    for (int week = 0; week < 4; week++) {
      passAWeek(engine, 0);
    }
    engine.core.onMessage(1, claim(SIZE + 1));
    assertThat(engine.sent(BlocksRequest.class)).as("half of the stake said so").isEmpty();
  }

  @Test
  void agreementAfterTheTrustPeriodComesTooLate() {
    LoneEngine engine = longAbsent(Optional.empty());
    passAWeek(engine, 0, 1, 2);
    engine.core.onMessage(1, claim(SIZE + 1));
    assertThat(engine.sent(BlocksRequest.class)).isEmpty();
  }

  private static void passAWeek(LoneEngine engine, int... agreeing) {
    engine.nowMs += Duration.ofDays(7).toMillis();
    for (int peer : agreeing) {
      engine.core.onMessage(peer, claim(1));
    }
    engine.core.onTimer(new TimerId(TimerId.Kind.STATUS, 0, 0));
    engine.sent.clear();
  }

  @Test
  void aCheckpointAboveLetsALongAbsentNodeCatchUpToIt() {
    Hash last = CHAIN.get(SIZE - 1).certificate().blockId();
    LoneEngine engine = longAbsent(Optional.of(new Checkpoint(SIZE, last)));
    engine.core.onMessage(1, claim(SIZE + 1));
    engine.core.onMessage(1, new BlocksResponse(CHAIN));
    assertThat(engine.disk.blocks.height()).isEqualTo(SIZE);
  }

  @Test
  void anotherHistoryThanTheCheckpointsStopsTheNode() {
    Hash other = Hash.of(SimKeys.sha256(new byte[] {9}));
    LoneEngine engine = longAbsent(Optional.of(new Checkpoint(3, other)));
    engine.core.onMessage(1, claim(SIZE + 1));
    assertThatThrownBy(() -> engine.core.onMessage(1, new BlocksResponse(CHAIN.subList(0, 3))))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.reason()).isEqualTo(EngineException.Reason.CHECKPOINT));
    assertThat(engine.disk.blocks.height()).isEqualTo(2);
  }

  @Test
  void storedBlocksThatAreNotTheCheckpointsStopTheStart() {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(1, claim(SIZE + 1));
    engine.core.onMessage(1, new BlocksResponse(CHAIN));
    Hash other = Hash.of(SimKeys.sha256(new byte[] {9}));
    LoneEngine again = new LoneEngine(engine.disk, Optional.of(new Checkpoint(2, other)));
    assertThatThrownBy(again.core::start).isInstanceOf(EngineException.class);
  }

  private static LoneEngine longAbsent(Optional<Checkpoint> checkpoint) {
    LoneEngine engine = new LoneEngine(LoneEngine.emptyDisk(), checkpoint);
    engine.nowMs += Duration.ofDays(15).toMillis();
    engine.core.start();
    engine.peersKnowNothing();
    engine.sent.clear();
    return engine;
  }

  private static StatusMessage claim(long height) {
    return new StatusMessage(height, 0, Step.IDLE, List.of());
  }
}
