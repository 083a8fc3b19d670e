package org.medseal.ledger.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.model.Block;

/** An idle consortium decides one block a day, so that its newest is never an old one. */
class HeartbeatTest {
  private static final long DAY_MS = Duration.ofDays(1).toMillis();
  private static final long MINUTE_MS = 60_000;
  private static final List<StoredBlock> CHAIN = LoneEngine.chain();

  @Test
  void anIdleDayEndsWithOneBlockOnEveryNode() {
    Stage stage = new Stage();
    stage.run(DAY_MS - MINUTE_MS);
    assertThat(stage.height(0)).as("before the day is over").isZero();
    stage.run(2 * MINUTE_MS);
    for (int i = 0; i < 4; i++) {
      assertThat(stage.height(i)).isEqualTo(1);
      assertThat(stage.status(i).step()).isEqualTo("IDLE");
      assertThat(stage.node(i).disk.blocks.block(1).orElseThrow().block().transactions()).isEmpty();
    }
  }

  @Test
  void aBlockOfTransactionsIsAHeartbeatToo() {
    Stage stage = new Stage();
    stage.run(DAY_MS / 2);
    stage.submit(0);
    stage.run(DAY_MS - MINUTE_MS);
    assertThat(stage.height(0)).isEqualTo(1);
    stage.run(2 * MINUTE_MS);
    assertThat(stage.height(0)).isEqualTo(2);
  }

  @Test
  void withoutAQuorumNobodyBegins() {
    Stage stage = new Stage();
    stage.stop(2);
    stage.stop(3);
    stage.run(DAY_MS + 10 * MINUTE_MS);
    assertThat(stage.status(0).step()).isEqualTo("IDLE");
    assertThat(stage.status(1).step()).isEqualTo("IDLE");
    assertThat(stage.height(0)).isZero();
  }

  @Test
  void clocksThatDifferBySecondsDecideOneBlockAndNotTwo() {
    Stage stage = new Stage(-4_000, 4_000, 0, 2_000);
    stage.run(DAY_MS + MINUTE_MS);
    for (int i = 0; i < 4; i++) {
      assertThat(stage.height(i)).isEqualTo(1);
    }
  }

  /** Only the time of a block makes it a heartbeat; a liar may not bring the day forward. */
  @Test
  void anEmptyProposalIsHeardOnlyOnceItIsDue() {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(0, emptyAt(LoneEngine.GENESIS.timeMs() + DAY_MS));
    assertThat(engine.core.status().step()).as("dated ahead").isEqualTo("IDLE");
    engine.nowMs = LoneEngine.GENESIS.timeMs() + DAY_MS;
    engine.core.onMessage(0, emptyAt(LoneEngine.GENESIS.timeMs() + DAY_MS - 1));
    assertThat(engine.core.status().step()).as("a moment early").isEqualTo("IDLE");
    engine.core.onMessage(0, emptyAt(LoneEngine.GENESIS.timeMs() + DAY_MS));
    assertThat(engine.core.status().step()).isEqualTo("PREVOTE");
  }

  private static ProposalMessage emptyAt(long timeMs) {
    Block first = CHAIN.get(0).block();
    Block empty = new Block(first.header(), List.of(), first.lastCommit(), List.of());
    return PeerWords.proposal(HeaderDraft.of(first).timeMs(timeMs).sealing(empty), 0);
  }
}
