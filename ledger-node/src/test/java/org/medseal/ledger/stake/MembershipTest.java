package org.medseal.ledger.stake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.medseal.ledger.api.GovernanceCase.State;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Action.Bond;
import org.medseal.ledger.model.Action.GovernanceProposal;
import org.medseal.ledger.model.Action.GovernanceVote;
import org.medseal.ledger.model.Action.KeyRotate;
import org.medseal.ledger.model.Action.Unbond;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.MembershipChange.Admission;
import org.medseal.ledger.model.MembershipChange.Removal;
import org.medseal.ledger.model.MembershipChange.StakeGrant;
import org.medseal.ledger.model.MembershipChange.StakeRules;
import org.medseal.ledger.model.StakeParameters;
import org.medseal.ledger.model.Validator;

class MembershipTest {
  private static final Admission FIFTH = Play.admission(Play.institution(5, 10));

  private static Play four() {
    return Play.of(25, 10, 10, 10, 10);
  }

  /** Four and a fifth with ten granted units, at height 1. */
  private static Play five() {
    Play play = four();
    play.votes(play.proposes(1, FIFTH), 2, 3).block();
    return play;
  }

  @Test
  void moreThanTwoThirdsOfStakeAcceptAProposal() {
    Play play = four();
    Hash id = play.proposes(1, new StakeGrant("h2", 7));
    play.votes(id, 2).block();
    assertThat(play.outcome(id)).isEqualTo(State.OPEN);
    play.votes(id, 3).block();
    assertThat(play.outcome(id)).isEqualTo(State.ACCEPTED);
    assertThat(play.stake(2).free()).isEqualTo(7);
  }

  @Test
  void exactlyTwoThirdsAcceptNothing() {
    Play play = Play.of(0, 10, 10, 10);
    Hash id = play.proposes(1, new StakeGrant("h2", 7));
    play.votes(id, 2).block();
    assertThat(play.outcome(id)).isEqualTo(State.OPEN);
    play.votes(id, 3).block();
    assertThat(play.outcome(id)).isEqualTo(State.ACCEPTED);
  }

  @Test
  void votesWeighByStakeNotByHead() {
    Play play = Play.of(0, 50, 10, 10);
    Hash id = play.proposes(1, new StakeGrant("h2", 7));
    play.block();
    assertThat(play.outcome(id)).isEqualTo(State.ACCEPTED);
  }

  @Test
  void aVoteTakenBackDoesNotCount() {
    Play play = four();
    Hash id = play.proposes(1, new StakeGrant("h2", 7));
    play.votes(id, 2).does(1, new GovernanceVote(id, false)).votes(id, 3).block();
    assertThat(play.outcome(id)).isEqualTo(State.OPEN);
  }

  @Test
  void aProposalLapsesAndIsThenClosedToVotes() {
    Play play = four();
    Hash id = play.proposes(1, new StakeGrant("h2", 7));
    play.blocks(61);
    assertThat(play.outcome(id)).isEqualTo(State.OPEN);
    play.block();
    assertThat(play.outcome(id)).isEqualTo(State.LAPSED);
    assertThat(play.refusal(2, new GovernanceVote(id, true))).contains("the proposal is closed");
  }

  @Test
  void anInstitutionHasFourOpenProposalsAtMost() {
    Play play = four();
    for (int i = 0; i < 4; i++) {
      play.proposes(1, new StakeGrant("h2", 1));
    }
    assertThat(play.refusal(1, new GovernanceProposal(new StakeGrant("h2", 1)))).isPresent();
  }

  @Test
  void theAdmittedBondsAndVotesTwoHeightsAfterTheEdge() {
    Play play = five();
    assertThat(play.now().registry().member("h5")).isPresent();
    play.does(5, new Bond(10)).toEdge();
    assertThat(play.height()).isEqualTo(4);
    assertThat(play.votes(5, 5)).isZero();
    assertThat(play.votes(5, 6)).isEqualTo(10);
    assertThat(play.now().sets().beginningAt(6)).isPresent();
    assertThat(play.set(6).totalStake()).isEqualTo(50);
  }

  @Test
  void setsChangeAtEdgesOnly() {
    Play play = five().does(5, new Bond(10));
    play.block().block();
    assertThat(play.height()).isEqualTo(3);
    assertThat(play.set(100)).isEqualTo(play.set(1));
  }

  @Test
  void nobodyBondsAboveTheCapNorMoreThanIsFree() {
    Play play = four();
    play.votes(play.proposes(1, new StakeGrant("h1", 10)), 2, 3).block();
    assertThat(play.refusal(1, new Bond(2))).isPresent();
    assertThat(play.refusal(2, new Bond(1))).isPresent();
    play.votes(play.proposes(1, FIFTH), 2, 3).block();
    play.does(5, new Bond(10));
    assertThat(play.refusal(1, new Bond(5))).isPresent();
    assertThat(play.refusal(1, new Bond(4))).isEmpty();
    assertThat(play.refusal(1, new Bond(0))).isPresent();
  }

  @Test
  void noPartLeavesIfAnotherThenExceedsTheCap() {
    Play play = Play.of(25, 20, 20, 20, 20, 20, 1);
    assertThat(play.refusal(6, new Unbond(1))).isEmpty();
    Play oneAtTheCap = Play.of(25, 25, 20, 20, 20, 15);
    assertThat(oneAtTheCap.refusal(5, new Unbond(14)).orElseThrow()).contains("or all 15");
    assertThat(oneAtTheCap.refusal(2, new Unbond(5))).isPresent();
    assertThat(oneAtTheCap.refusal(1, new Unbond(5))).isEmpty();
  }

  @Test
  void whoHoldsTheCapHoldsNobodyElse() {
    Play play = Play.of(25, 25, 20, 20, 20, 15);
    for (int leaving = 2; leaving <= 5; leaving++) {
      assertThat(play.refusal(leaving, new Unbond(play.stake(leaving).bonded()))).isEmpty();
    }
    play.does(5, new Unbond(15)).toEdge().blocks(2);
    assertThat(play.votes(5, play.height())).as("gone at the first edge").isZero();
    assertThat(play.votes(1, play.height())).as("no more votes than before").isEqualTo(25);
    assertThat(play.refusal(1, new Bond(1))).isPresent();
    assertThat(play.stake(5).unbonding()).hasSize(1);
    play.does(4, new Unbond(20));
    assertThat(play.stake(4).bonded()).isZero();
  }

  @Test
  void theLastToLeaveStaysWhateverTheCap() {
    Play play = Play.of(25, 25, 20, 20, 20);
    for (int leaving = 1; leaving <= 3; leaving++) {
      play.does(leaving, new Unbond(play.stake(leaving).bonded()));
    }
    assertThat(play.refusal(4, new Unbond(20))).contains("the last bonded stake stays");
  }

  @Test
  void whoLeavesVotesUntilTheEdgeAndIsReleasedAfterTheUnbondingTime() {
    Play play = five().does(5, new Bond(10)).toEdge().block();
    play.does(5, new Unbond(10));
    assertThat(play.stake(5).leaving()).isEqualTo(10);
    play.toEdge();
    long edge = play.height();
    assertThat(play.votes(5, edge + 1)).isEqualTo(10);
    assertThat(play.votes(5, edge + 2)).isZero();
    assertThat(play.stake(5).unbonding()).hasSize(1);
    play.blocks(59);
    assertThat(play.stake(5).free()).isZero();
    play.block();
    assertThat(play.stake(5).free()).isEqualTo(10);
    assertThat(play.stake(5).slashable()).isZero();
  }

  @Test
  void theLastBondedStakeStays() {
    assertThat(Play.of(0, 10).refusal(1, new Unbond(10))).isPresent();
    assertThat(Play.of(0, 10).refusal(1, new Unbond(9))).isEmpty();
  }

  @Test
  void atMostAThirdLeavesAtAnEdgeAndTheRestLater() {
    Play play = Play.of(0, 10, 10);
    play.does(2, new Unbond(10)).toEdge();
    assertThat(play.votes(2, 6)).isEqualTo(4);
    assertThat(play.stake(2).leaving()).isEqualTo(4);
    play.toEdge();
    assertThat(play.votes(2, 10)).isZero();
    assertThat(play.stake(2).leaving()).isZero();
    assertThat(play.stake(2).granted()).isEqualTo(10);
  }

  @Test
  void aNewKeyIsInForceTwoHeightsAfterTheEdgeAndTheOldStaysBound() {
    Play play = four();
    play.does(2, new KeyRotate(Play.key(9), Play.filled(64, 1)));
    assertThat(play.refusal(2, new KeyRotate(Play.key(8), Play.filled(64, 1)))).isPresent();
    play.toEdge();
    assertThat(play.set(5).get(1).key()).isEqualTo(Play.key(2));
    assertThat(play.set(6).get(1).key()).isEqualTo(Play.key(9));
    assertThat(play.now().registry().find("h2").orElseThrow().validatorKey())
        .isEqualTo(Play.key(9));
    assertThat(play.refusal(3, new KeyRotate(Play.key(2), Play.filled(64, 1)))).isPresent();
    play.blocks(3).blockWith(Play.equivocation(4, 1));
    assertThat(play.stake(2).slashed()).isEqualTo(1);
    assertThat(play.now().keys().isBanned(Play.key(2))).isTrue();
  }

  @Test
  void aLoneValidatorChangesItsKey() {
    Play play = Play.of(0, 10);
    play.does(1, new KeyRotate(Play.key(9), Play.filled(64, 1))).toEdge();
    assertThat(play.set(6).validators()).containsExactly(new Validator(0, "h1", Play.key(9), 10));
  }

  @Test
  void theRemovedLosesWhatIsFreeAtOnceAndTheRestWhenReleased() {
    Play play = five();
    play.does(5, new Bond(6)).toEdge().block();
    play.votes(play.proposes(1, new Removal("h5")), 2, 3, 4).block();
    assertThat(play.now().registry().member("h5")).isEmpty();
    assertThat(play.stake(5).retired()).isEqualTo(4);
    play.toEdge();
    assertThat(play.votes(5, play.height() + 2)).isZero();
    play.blocks(61);
    assertThat(play.stake(5).retired()).isEqualTo(10);
    assertThat(play.stake(5).granted()).isEqualTo(10);
  }

  @Test
  void whoIssuesOrOpensIsNotRemoved() {
    assertThat(four().refusal(2, new GovernanceProposal(new Removal("h1")))).isPresent();
  }

  @Test
  void aCustodianIsRemovedButNotTheLast() {
    Play play = four();
    Hash second = play.proposes(1, new Removal("h2"));
    Hash third = play.proposes(1, new Removal("h3"));
    play.votes(second, 3, 4).votes(third, 2, 4).block();
    assertThat(play.outcome(second)).isEqualTo(State.ACCEPTED);
    assertThat(play.outcome(third)).isEqualTo(State.FAILED);
  }

  @Test
  void namesKeysAndPinsOfOthersAreNotAdmitted() {
    Play play = five();
    assertThat(play.refusal(1, admission(FIFTH))).isPresent();
    assertThat(play.refusal(1, admission(named("h6", Play.institution(5, 0))))).isPresent();
    assertThat(play.refusal(1, admission(Play.admission(Play.institution(6, 0))))).isEmpty();
    assertThat(play.refusal(1, Play.move(new Hash(Play.filled(32, 2)), "elsewhere:1"))).isPresent();
    assertThat(play.refusal(1, Play.move(new Hash(Play.filled(32, 77)), "h1:2"))).isEmpty();
  }

  @Test
  void nobodyIsKeptOutByWhoNamesItsAddressFirst() {
    Play play = four().does(1, Play.move(new Hash(Play.filled(32, 77)), "h5:1"));
    assertThat(play.refusal(2, admission(FIFTH))).isEmpty();
  }

  private static Action admission(Admission admission) {
    return new GovernanceProposal(admission);
  }

  private static Admission named(String name, Institution like) {
    return Play.admission(
        new Institution(
            name,
            like.signingKey(),
            like.grantKey(),
            like.validatorKey(),
            like.tlsPin(),
            like.peerAddress(),
            like.stake()));
  }

  @Test
  void rulesChangeWithinBoundsOnly() {
    Play play = four();
    StakeParameters rules = new StakeParameters(2, 60_000, 10, 20, 15, 5_000, 60_000);
    play.votes(play.proposes(1, new StakeRules(30, rules)), 2, 3).block();
    assertThat(play.now().policy().stake()).isEqualTo(rules);
    assertThat(play.now().attendance().windowBlocks()).isEqualTo(20);
    assertThat(
            play.refusal(
                1,
                new GovernanceProposal(
                    new StakeRules(30, new StakeParameters(2, 1, 10, 20, 15, 5_000, 60_000)))))
        .isPresent();
    assertThat(play.refusal(1, new GovernanceProposal(new StakeRules(34, rules)))).isPresent();
    assertThat(play.refusal(1, new GovernanceProposal(new StakeRules(-1, rules)))).isPresent();
    assertThat(play.refusal(1, new GovernanceProposal(new StakeRules(0, rules)))).isEmpty();
  }
}
