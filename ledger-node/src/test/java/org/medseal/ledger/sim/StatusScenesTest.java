package org.medseal.ledger.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.medseal.ledger.engine.EngineStatus;
import org.medseal.ledger.engine.EngineStatus.Cause;

/** "Why is it not committing?" in the scenes operators know: the sentence names the right thing. */
class StatusScenesTest {
  private static final long AWAY_MS = 60_000;

  @Test
  void withNothingPendingThereIsNothingToDecide() {
    Stage stage = new Stage();
    assertThat(stage.status(0).waiting().cause()).isEqualTo(Cause.NOTHING_PENDING);
    assertThat(stage.status(0).waiting().warnings()).isEmpty();
    assertThat(stage.status(0).waiting().quorum().heard()).isEqualTo(100);
    assertThat(stage.status(0).waiting().quorum().needed()).isEqualTo(67);
  }

  @Test
  void twoOfFourDownAreNamedWithTheStakeThatIsMissing() {
    Stage stage = new Stage();
    stage.stop(2);
    stage.stop(3);
    stage.submit(0);
    stage.run(10_000);
    EngineStatus status = stage.status(0);
    assertThat(status.height()).isZero();
    assertThat(status.waiting().cause()).isEqualTo(Cause.NO_QUORUM_CONNECTED);
    assertThat(status.waitingFor())
        .matches(
            "no quorum is connected: hospital-3 \\(24 stake\\) is not connected, was last heard"
                + " 1\\d s ago, hospital-4 \\(20 stake\\) is not connected, was last heard 1\\d s"
                + " ago; 11 more of 100 stake needed");
    assertThat(status.waiting().quorum().heard()).isEqualTo(56);
  }

  @Test
  void whileIdleAMissingQuorumIsAWarning() {
    Stage stage = new Stage();
    stage.stop(2);
    stage.stop(3);
    stage.run(1_000);
    assertThat(stage.status(0).waiting().cause()).isEqualTo(Cause.NOTHING_PENDING);
    assertThat(stage.status(0).waiting().warnings())
        .singleElement()
        .asString()
        .startsWith("no quorum is connected: hospital-3 ");
  }

  @Test
  void eachSideOfAPartitionNamesTheOtherThoughNoConnectionBroke() {
    Stage stage = new Stage();
    for (int left = 0; left < 2; left++) {
      for (int right = 2; right < 4; right++) {
        stage.cut(left, right);
      }
    }
    stage.submit(0);
    stage.submit(3);
    stage.run(AWAY_MS);
    assertThat(stage.status(1).waitingFor())
        .startsWith("no quorum is connected: hospital-3 (24 stake) was last heard ")
        .contains(", hospital-4 (20 stake) was last heard ");
    assertThat(stage.status(3).waitingFor())
        .startsWith("no quorum is connected: hospital-1 (30 stake) was last heard ")
        .endsWith("; 23 more of 100 stake needed");
  }

  @Test
  void aProposerThatIsDownIsWaitedForByName() {
    Stage stage = new Stage();
    stage.stop(0);
    stage.submit(1);
    stage.run(100);
    EngineStatus status = stage.status(1);
    assertThat(status.step()).isEqualTo("PROPOSE");
    assertThat(status.waiting().cause()).isEqualTo(Cause.PROPOSER);
    assertThat(status.waitingFor())
        .startsWith("waiting for the proposal of hospital-1 in round 0, which is not connected");
    stage.run(10_000);
    assertThat(stage.height(1)).isEqualTo(1);
  }

  @Test
  void aProposerWhoseClockIsFarAheadIsRefusedWithTheReason() {
    Stage stage = new Stage(60_000, 0, 0, 0);
    stage.submit(1);
    stage.run(30);
    EngineStatus status = stage.status(1);
    assertThat(status.waiting().cause()).isEqualTo(Cause.PROPOSAL_REFUSED);
    assertThat(status.waitingFor())
        .isEqualTo(
            "the proposal of hospital-1 in round 0 is refused here: its time is 60 s ahead of the"
                + " clock of this node");
    assertThat(stage.status(0).waitingFor())
        .isEqualTo(
            "this node's proposal of round 0 is refused by hospital-2, hospital-3, hospital-4:"
                + " their status says why");
  }

  @Test
  void theNodeWhoseClockIsOffIsToldByTheOthersBlocks() {
    Stage stage = new Stage(60_000, 0, 0, 0);
    for (int i = 0; i < 8; i++) {
      stage.submit(1);
      stage.run(5_000);
    }
    assertThat(stage.height(1)).isGreaterThanOrEqualTo(4);
    assertThat(stage.status(0).waiting().warnings())
        .singleElement()
        .asString()
        .startsWith("the clock of this node is off: it is about ")
        .contains(" ahead of the clocks of hospital-2, hospital-3");
    assertThat(stage.status(1).waiting().warnings()).isEmpty();
  }

  @Test
  void eachPeerIsShownWithWhatItLastSaidOfItself() {
    Stage stage = new Stage();
    stage.stop(2);
    stage.stop(3);
    stage.submit(0);
    stage.run(5_000);
    EngineStatus.Peer peer = stage.status(0).peers().get(0);
    assertThat(peer.institution()).isEqualTo("hospital-2");
    assertThat(peer.height()).isZero();
    assertThat(peer.round()).isZero();
    assertThat(peer.step()).isEqualTo("PREVOTE");
    assertThat(peer.lastSeenMs()).isBetween(0L, 1_000L);
    assertThat(peer.standing()).isEqualTo(new EngineStatus.Standing(26, true, false));
    assertThat(stage.status(0).peers().get(1).standing().prevoted()).isFalse();
    assertThat(stage.status(0).waiting().quorum().prevoted()).isEqualTo(56);
  }
}
