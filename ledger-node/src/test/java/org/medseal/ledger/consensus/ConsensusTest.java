package org.medseal.ledger.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The rules of arXiv 1807.04938, algorithm 1, one scene each. */
class ConsensusTest {

  @Test
  void u0TheProposerOfRoundZeroBuildsAndOffersItsBlock() {
    Play play = Play.as(0).started();
    assertThat(play.heard()).containsExactly("timer PROPOSE of 0", "build for 0");
    play.built(0, "A");
    assertThat(play.heard()).containsExactly("propose A since -1 in 0", "prevote A in 0");
  }

  @Test
  void u0OthersOnlyWaitForTheProposal() {
    assertThat(Play.as(2).started().heard()).containsExactly("timer PROPOSE of 0");
  }

  @Test
  void u0ABlockSeenWithAQuorumIsProposedAgain() {
    Play play = Play.as(1).started().proposal(0, "A").prevotes(0, "A", 0, 2);
    play.precommits(0, "nil", 0, 2).unheard().timeout(Step.PRECOMMIT, 0);
    assertThat(play.heard()).contains("propose A since 0 in 1");
  }

  @Test
  void aBlockBuiltTooLateIsNotProposed() {
    Play play = Play.as(0).started().timeout(Step.PROPOSE, 0).unheard().built(0, "A");
    assertThat(play.heard()).isEmpty();
  }

  @Test
  void u1AValidNewBlockIsPrevoted() {
    assertThat(Play.as(2).started().unheard().proposal(0, "A").heard())
        .containsExactly("prevote A in 0");
  }

  @Test
  void u1AnInvalidBlockGetsNil() {
    assertThat(Play.as(2).started().unheard().invalidProposal(0, "A").heard())
        .containsExactly("prevote nil in 0");
  }

  @Test
  void u1ANewBlockOutsideTheClockWindowGetsNil() {
    assertThat(Play.as(2).started().unheard().untimelyProposal(0, "A", -1).heard())
        .containsExactly("prevote nil in 0");
  }

  @Test
  void u1ALockedValidatorGivesNilToAnotherNewBlock() {
    Play play = lockedOnA(2).proposal(1, "B");
    assertThat(play.heard()).containsExactly("prevote nil in 1");
  }

  @Test
  void u1ALockedValidatorPrevotesItsBlockAgain() {
    Play play = lockedOnA(2).proposal(1, "A");
    assertThat(play.heard()).containsExactly("prevote A in 1");
  }

  @Test
  void u2AnOldBlockWithoutItsQuorumGetsNoVote() {
    Play play = Play.as(3).started().timeout(Step.PROPOSE, 0);
    play.precommits(0, "nil", 0, 1, 2).timeout(Step.PRECOMMIT, 0).unheard();
    play.prevotes(0, "A", 0).proposal(1, "A", 0);
    assertThat(play.heard()).isEmpty();
    play.timeout(Step.PROPOSE, 1);
    assertThat(play.heard()).containsExactly("prevote nil in 1");
  }

  @Test
  void u2LatePrevotesOfThePastRoundUnlockTheVote() {
    Play play = Play.as(3).started().timeout(Step.PROPOSE, 0);
    play.precommits(0, "nil", 0, 1, 2).timeout(Step.PRECOMMIT, 0).proposal(1, "A", 0).unheard();
    play.prevotes(0, "A", 0, 1);
    assertThat(play.heard()).isEmpty();
    play.prevotes(0, "A", 2);
    assertThat(play.heard()).containsExactly("prevote A in 1");
  }

  @Test
  void u2ALockOfALaterRoundIsNotGivenUpForAnEarlierQuorum() {
    Play play = Play.as(3).started().timeout(Step.PROPOSE, 0);
    play.precommits(0, "nil", 0, 1, 2).timeout(Step.PRECOMMIT, 0);
    play.proposal(1, "B").prevotes(1, "B", 1, 2);
    play.precommits(1, "nil", 0, 1).timeout(Step.PRECOMMIT, 1).unheard();
    assertThat(play.core().lockedRound()).isEqualTo(1);
    play.prevotes(0, "A", 0, 1, 2).proposal(2, "A", 0);
    assertThat(play.heard()).containsExactly("prevote nil in 2");
  }

  @Test
  void u2ALockIsGivenUpForAQuorumOfTheSameOrALaterRound() {
    Play play = lockedOnA(3);
    play.timeout(Step.PROPOSE, 1).prevotes(1, "B", 0, 1, 2);
    play.precommits(1, "nil", 0, 1).timeout(Step.PRECOMMIT, 1).unheard();
    play.proposal(2, "B", 1);
    assertThat(play.heard()).containsExactly("prevote B in 2");
  }

  @Test
  void u2AnOldBlockMayBeOlderThanTheClockWindow() {
    Play play = Play.as(3).started().prevotes(0, "A", 0, 1, 2);
    play.precommits(0, "nil", 0, 1, 2).timeout(Step.PRECOMMIT, 0).unheard();
    play.untimelyProposal(1, "A", 0);
    assertThat(play.heard()).containsExactly("prevote A in 1");
  }

  @Test
  void u3AQuorumOfSplitPrevotesStartsTheTimerOnce() {
    Play play = Play.as(3).started().proposal(0, "A").unheard();
    play.prevotes(0, "nil", 0, 1);
    assertThat(play.heard()).containsExactly("timer PREVOTE of 0");
    play.prevotes(0, "B", 2);
    assertThat(play.heard()).isEmpty();
    play.timeout(Step.PREVOTE, 0);
    assertThat(play.heard()).containsExactly("precommit nil in 0");
  }

  @Test
  void u4AQuorumOfPrevotesLocksAndPrecommits() {
    Play play = Play.as(3).started().proposal(0, "A").unheard().prevotes(0, "A", 0, 1);
    assertThat(play.heard()).containsExactly("timer PREVOTE of 0", "precommit A in 0");
    assertThat(play.core().lockedRound()).isZero();
    assertThat(play.core().validRound()).isZero();
  }

  @Test
  void u4AfterTheOwnPrecommitTheBlockIsStillRemembered() {
    Play play = Play.as(1).started().proposal(0, "A").prevotes(0, "nil", 0);
    play.prevotes(0, "A", 2).timeout(Step.PREVOTE, 0).prevotes(0, "A", 3);
    assertThat(play.core().lockedRound()).isEqualTo(-1);
    assertThat(play.core().validRound()).isZero();
    play.precommits(0, "nil", 0, 2).unheard().timeout(Step.PRECOMMIT, 0);
    assertThat(play.heard()).contains("propose A since 0 in 1");
  }

  @Test
  void u4WaitsForTheBlock() {
    Play play = Play.as(3).started().timeout(Step.PROPOSE, 0).unheard();
    play.prevotes(0, "A", 0, 1, 2);
    assertThat(play.heard()).containsExactly("timer PREVOTE of 0");
    play.proposal(0, "A");
    assertThat(play.heard()).containsExactly("precommit A in 0");
  }

  @Test
  void u5AQuorumOfNilPrecommitsNilAndKeepsTheLock() {
    Play play = lockedOnA(3).timeout(Step.PROPOSE, 1).unheard().prevotes(1, "nil", 0, 1);
    assertThat(play.heard()).contains("precommit nil in 1");
    assertThat(play.core().lockedRound()).isZero();
    play.precommits(1, "nil", 0, 1).timeout(Step.PRECOMMIT, 1).unheard().proposal(2, "B");
    assertThat(play.heard()).containsExactly("prevote nil in 2");
  }

  @Test
  void aTimeoutDoesNotUnlock() {
    Play play = lockedOnA(3).timeout(Step.PROPOSE, 1).prevotes(1, "B", 0).prevotes(1, "nil", 1);
    play.timeout(Step.PREVOTE, 1).precommits(1, "nil", 0, 1).timeout(Step.PRECOMMIT, 1);
    play.unheard().proposal(2, "B");
    assertThat(play.heard()).containsExactly("prevote nil in 2");
  }

  @Test
  void u6AQuorumOfSplitPrecommitsEndsTheRoundInAnyStep() {
    Play play = Play.as(3).started().unheard();
    play.precommits(0, "nil", 0, 1).precommits(0, "A", 2);
    assertThat(play.heard()).containsExactly("timer PRECOMMIT of 0");
    play.timeout(Step.PRECOMMIT, 0);
    assertThat(play.heard()).containsExactly("timer PROPOSE of 1");
  }

  @Test
  void u7AQuorumOfPrecommitsDecides() {
    Play play = Play.as(3).started().proposal(0, "A").prevotes(0, "A", 0, 1).unheard();
    play.precommits(0, "A", 0, 1);
    assertThat(play.heard()).endsWith("decide A in 0");
    assertThat(play.decision()).isEqualTo("A by [0, 1, 3]");
  }

  @Test
  void u7APastRoundDecides() {
    Play play = Play.as(3).started().proposal(0, "A").timeout(Step.PREVOTE, 0);
    play.precommits(0, "A", 0, 1).timeout(Step.PRECOMMIT, 0).unheard();
    assertThat(play.core().round()).isEqualTo(1);
    play.precommits(0, "A", 2);
    assertThat(play.heard()).containsExactly("decide A in 0");
  }

  @Test
  void u7AFutureRoundDecides() {
    Play play = Play.as(3).started().proposal(0, "A").unheard().precommits(5, "A", 0, 1, 2);
    assertThat(play.heard()).contains("decide A in 5");
  }

  @Test
  void u7ACommittedBlockThatIsMissingIsFetchedAndThenDecided() {
    Play play = Play.as(3).started().unheard().precommits(0, "A", 0, 1, 2);
    assertThat(play.heard()).contains("need A").doesNotContain("decide A in 0");
    play.proposal(0, "A");
    assertThat(play.heard()).containsExactly("decide A in 0");
  }

  @Test
  void nothingFollowsADecision() {
    Play play = Play.as(3).started().proposal(0, "A").precommits(0, "A", 0, 1, 2).unheard();
    play.prevotes(0, "A", 0, 1, 2).timeout(Step.PRECOMMIT, 0).proposal(1, "B");
    assertThat(play.heard()).isEmpty();
  }

  @Test
  void u8SomeHonestInALaterRoundPullThere() {
    Play play = Play.as(3).started().unheard().prevotes(4, "nil", 0);
    assertThat(play.heard()).isEmpty();
    play.precommits(4, "nil", 1);
    assertThat(play.heard()).containsExactly("timer PROPOSE of 4");
  }

  @Test
  void u8OneValidatorBelowAThirdPullsNobody() {
    Play play = Play.as(3).started().unheard();
    play.prevotes(4, "nil", 0).precommits(4, "nil", 0).prevotes(9, "nil", 0);
    assertThat(play.heard()).isEmpty();
  }

  @Test
  void aStaleTimerIsDropped() {
    Play play = Play.as(3).started().precommits(0, "nil", 0, 1, 2).timeout(Step.PRECOMMIT, 0);
    play.unheard().timeout(Step.PROPOSE, 0).timeout(Step.PREVOTE, 0).timeout(Step.PRECOMMIT, 0);
    play.timeout(Play.HEIGHT - 1, Step.PROPOSE, 1).timeout(Play.HEIGHT + 1, Step.PROPOSE, 1);
    assertThat(play.heard()).isEmpty();
    assertThat(play.core().round()).isEqualTo(1);
  }

  @Test
  void aRepeatedVoteCountsOnce() {
    Play play = Play.as(3).started().proposal(0, "A").unheard().prevotes(0, "A", 0, 0, 0, 0);
    assertThat(play.heard()).isEmpty();
    play.precommits(0, "A", 1, 1, 1, 1);
    assertThat(play.heard()).isEmpty();
  }

  @Test
  void aSecondDifferentVoteIsEvidenceAndNoSupport() {
    Play play = Play.as(3).started().proposal(0, "A").unheard();
    play.prevotes(0, "nil", 0).prevotes(0, "B", 0);
    assertThat(play.heard()).containsExactly("evidence against 0");
    play.prevotes(0, "B", 1);
    assertThat(play.heard()).containsExactly("timer PREVOTE of 0");
  }

  @Test
  void anEquivocatorsVoteCompletesTheQuorumOthersHaveSeen() {
    Play play = Play.as(3).started().proposal(0, "A").prevotes(0, "nil", 0);
    play.prevotes(0, "A", 1).unheard().prevotes(0, "A", 0);
    assertThat(play.heard()).contains("evidence against 0", "precommit A in 0");
  }

  @Test
  void aSecondDifferentProposalIsEvidenceAndGetsNoSecondVote() {
    Play play = Play.as(3).started().proposal(0, "A").unheard().proposal(0, "B");
    assertThat(play.heard()).containsExactly("evidence against 0");
    assertThat(play.core().messages().proposals(0)).hasSize(2);
    play.proposal(0, "C");
    assertThat(play.core().messages().proposals(0)).hasSize(2);
  }

  @Test
  void theSecondProposalIsCommittedIfOthersDo() {
    Play play = Play.as(3).started().proposal(0, "A").proposal(0, "B").unheard();
    play.precommits(0, "B", 0, 1, 2);
    assertThat(play.heard()).contains("decide B in 0");
  }

  @Test
  void exactlyTwoThirdsIsNotAQuorum() {
    Play play = Play.withStakes(2, 1, 1, 1).started().proposal(0, "A").unheard();
    play.prevotes(0, "A", 0);
    assertThat(play.heard()).isEmpty();
    play.prevotes(0, "A", 1);
    assertThat(play.heard()).contains("precommit A in 0");
  }

  @Test
  void exactlyAThirdMayAllBeLiars() {
    Play play = Play.withStakes(2, 1, 1, 1).started().unheard().prevotes(4, "nil", 0);
    assertThat(play.heard()).isEmpty();
    play.prevotes(4, "nil", 1);
    assertThat(play.heard()).contains("timer PROPOSE of 4");
  }

  @Test
  void stakeCountsNotHeads() {
    Play play = Play.withStakes(3, 50, 20, 20, 10).started().proposal(0, "A").unheard();
    play.prevotes(0, "A", 1, 2);
    assertThat(play.heard()).isEmpty();
    play.prevotes(0, "A", 0);
    assertThat(play.heard()).contains("precommit A in 0");
  }

  @Test
  void farRoundsAreBoundedToOnePerValidator() {
    Play play = Play.as(3).started();
    for (int round = 2; round < 1_000; round++) {
      play.prevotes(round, "nil", 0);
    }
    assertThat(play.core().messages().rounds()).containsExactly(0, 999);
  }

  @Test
  void pastRoundsAreBoundedButTheLockIsKept() {
    Play play = lockedOnA(3);
    for (int round = 1; round < 300; round++) {
      play.precommits(round, "nil", 0, 1, 2).timeout(Step.PRECOMMIT, round);
    }
    assertThat(play.core().round()).isEqualTo(300);
    assertThat(play.core().messages().rounds()).contains(0).hasSizeLessThan(70);
    play.prevotes(5, "nil", 0);
    assertThat(play.core().messages().rounds()).doesNotContain(5);
  }

  @Test
  void aFollowerDecidesWithoutSayingAnything() {
    Play play = Play.as(-1).started().proposal(0, "A").prevotes(0, "A", 0, 1, 2);
    play.precommits(0, "A", 0, 1, 2);
    assertThat(play.heard())
        .containsExactly("timer PROPOSE of 0", "timer PREVOTE of 0", "decide A in 0");
  }

  @Test
  void strangersAndWrongProposersChangeNothing() {
    Play play = Play.as(3).started().unheard().prevotes(0, "A", 4, -1, 1_000);
    assertThat(play.core().messages().rounds()).containsExactly(0);
    assertThat(play.heard()).isEmpty();
  }

  @Test
  void timeoutsGrowLinearlyUpToTheCap() {
    Timeouts timeouts = new Timeouts(1_000, 500, 500, 30_000);
    assertThat(timeouts.proposeMs(0)).isEqualTo(1_000);
    assertThat(timeouts.proposeMs(3)).isEqualTo(2_500);
    assertThat(timeouts.voteMs(Integer.MAX_VALUE)).isEqualTo(30_000);
  }

  /** In round 1, locked on A since round 0, nothing said yet. */
  private static Play lockedOnA(int self) {
    int[] others = {0, 1};
    Play play = Play.as(self).started().proposal(0, "A").prevotes(0, "A", others);
    assertThat(play.core().lockedRound()).isZero();
    return play.precommits(0, "nil", others).timeout(Step.PRECOMMIT, 0).unheard();
  }
}
