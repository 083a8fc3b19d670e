package org.medseal.ledger.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.model.VoteType;

/** With nothing to decide nothing is decided, whatever a third of stake says. */
class IdleClusterTest {
  private static final long HOUR_MS = 3_600_000;

  @Test
  void lessThanADayWithoutTransactionsMakesNoBlock() {
    Stage stage = new Stage();
    stage.run(23 * HOUR_MS);
    for (int i = 0; i < 4; i++) {
      assertThat(stage.height(i)).isZero();
      assertThat(stage.status(i).step()).isEqualTo("IDLE");
    }
  }

  @Test
  void whatIsSubmittedMakesOneBlockAndThenNoMore() {
    Stage stage = new Stage();
    for (int i = 1; i <= 5; i++) {
      stage.submit(i % 4);
      stage.run(HOUR_MS / 4);
      assertThat(stage.height(0)).isEqualTo(i);
    }
  }

  /** Validator 4 has 20 of 100: an hour of its nil votes in ever later rounds wakes nobody. */
  @Test
  void theNilVotesOfOneValidatorWakeNobody() {
    Stage stage = new Stage();
    stage.stop(3);
    for (int round = 0; round < 600; round++) {
      stage.sayNil(3, VoteType.PREVOTE, 1, round);
      stage.sayNil(3, VoteType.PRECOMMIT, 1, round);
      stage.run(6_000);
    }
    for (int i = 0; i < 3; i++) {
      assertThat(stage.height(i)).isZero();
      assertThat(stage.status(i).step()).isEqualTo("IDLE");
    }
    stage.submit(1);
    stage.run(10_000);
    assertThat(stage.height(1)).isEqualTo(1);
  }

  @Test
  void moreThanAThirdOfStakeWakesWhoHasNothingToDecide() {
    Stage stage = new Stage();
    stage.sayNilTo(0, 3, 1);
    assertThat(stage.status(0).step()).isEqualTo("IDLE");
    stage.sayNilTo(0, 2, 1);
    assertThat(stage.status(0).step()).isNotEqualTo("IDLE");
  }

  /** Hospital-1 has the first turn, and alone among the four thinks that there is something. */
  @Test
  void anEmptyProposalWakesNobody() {
    Stage stage = new Stage();
    for (int other = 1; other < 4; other++) {
      stage.cut(0, other);
    }
    stage.sayNilTo(0, 2, 1);
    stage.sayNilTo(0, 3, 1);
    stage.run(1_000);
    ProposalMessage empty = stage.offered();
    assertThat(empty.block().transactions()).isEmpty();
    stage.stop(0);
    for (int again = 0; again < 100; again++) {
      for (int i = 1; i < 4; i++) {
        stage.node(i).engine().onMessage(0, empty);
      }
      stage.run(HOUR_MS / 100);
    }
    for (int i = 1; i < 4; i++) {
      assertThat(stage.height(i)).isZero();
      assertThat(stage.status(i).step()).isEqualTo("IDLE");
    }
    stage.submit(2);
    stage.run(20_000);
    assertThat(stage.height(2)).isEqualTo(1);
  }
}
