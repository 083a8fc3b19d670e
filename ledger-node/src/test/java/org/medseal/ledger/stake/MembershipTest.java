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
import org.medseal.ledger.model.Action.Unjail;
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
  void nobodyLeavesIfAnotherThenExceedsTheCap() {
    Play play = Play.of(25, 20, 20, 20, 20, 20, 1);
    assertThat(play.refusal(6, new Unbond(1))).isEmpty();
    assertThat(Play.of(25, 25, 20, 20, 20, 15).refusal(5, new Unbond(15))).isPresent();
    assertThat(Play.of(25, 25, 20, 20, 20, 15).refusal(1, new Unbond(5))).isEmpty();
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
  void evidenceSlashesBansAndPutsOut() {
    Play play = Play.of(25, 100, 100, 100, 100);
    play.blocks(2).blockWith(Play.equivocation(2, 3));
    assertThat(play.stake(4).slashed()).isEqualTo(5);
    assertThat(play.now().keys().isBanned(Play.key(4))).isTrue();
    assertThat(play.stake(4).bonded()).isZero();
    assertThat(play.refusal(4, new Bond(1))).isPresent();
    play.block();
    assertThat(play.votes(4, 6)).isZero();
    assertThat(play.stake(4).unbonding().get(0).units()).isEqualTo(95);
  }

  @Test
  void oneKeyIsSlashedOnce() {
    Play play = Play.of(25, 100, 100, 100, 100);
    play.blocks(2).blockWith(Play.equivocation(1, 3), Play.equivocation(2, 3));
    play.blockWith(Play.equivocation(3, 3));
    assertThat(play.stake(4).slashed()).isEqualTo(5);
  }

  @Test
  void smallStakeIsSlashedByAWholeUnit() {
    Play play = four();
    play.block().blockWith(Play.equivocation(1, 0));
    assertThat(play.stake(1).slashed()).isEqualTo(1);
  }

  @Test
  void whatUnbondsCanStillBeSlashed() {
    Play play = Play.of(0, 100, 100, 100, 100);
    play.does(4, new Unbond(100)).toEdge().blocks(2);
    assertThat(play.stake(4).unbonding()).hasSize(1);
    play.blockWith(Play.equivocation(3, 3));
    assertThat(play.stake(4).slashed()).isEqualTo(5);
    assertThat(play.stake(4).slashable()).isEqualTo(95);
  }

  @Test
  void evidenceIsJudgedAgainstTheSetOfItsHeight() {
    Play play = Play.of(0, 100, 100, 100, 100);
    play.does(1, new Unbond(100)).toEdge().blocks(3);
    assertThat(play.set(play.height()).get(0).institution()).isEqualTo("h2");
    play.blockWith(Play.equivocation(4, 0));
    assertThat(play.stake(1).slashed()).isEqualTo(5);
    assertThat(play.stake(2).slashed()).isZero();
  }

  @Test
  void theAbsentIsJailedWithoutLossAndComesBack() {
    Play play = Play.of(25, 10, 10, 10, 10);
    play.block();
    for (int i = 0; i < 7; i++) {
      play.blockWithout(4);
    }
    assertThat(play.stake(4).isJailed()).isFalse();
    play.blockWithout(4);
    assertThat(play.stake(4).isJailed()).isTrue();
    assertThat(play.stake(4).bonded()).isEqualTo(10);
    play.toEdge();
    assertThat(play.votes(4, play.height() + 2)).isZero();
    assertThat(play.refusal(4, new Unjail())).isPresent();
    play.blocks(10).does(4, new Unjail()).toEdge();
    assertThat(play.votes(4, play.height() + 2)).isEqualTo(10);
    assertThat(play.stake(4).slashed()).isZero();
  }

  @Test
  void aMinorityOfProposersCannotJailWhoIsThere() {
    Play play = Play.of(25, 10, 10, 10, 10);
    play.block();
    for (int i = 0; i < 200; i++) {
      if (i % 10 < 7) { // far more than a third of the blocks hide it
        play.blockWithout(4);
      } else {
        play.block();
      }
      assertThat(play.stake(4).isJailed()).isFalse();
    }
    assertThat(new StakeParameters(4, 60_000, 5, 9, 6, 10_000, 60_000).fault()).isPresent();
    assertThat(new StakeParameters(4, 60_000, 5, 9, 7, 10_000, 60_000).fault()).isEmpty();
  }

  @Test
  void whoeverProposesIsThereWhateverTheCertificateSays() {
    Play play = Play.of(0, 10, 10);
    play.block();
    for (int i = 0; i < 5; i++) {
      play.blockWithout(1, 2); // with nobody there to propose, the first does
    }
    assertThat(play.now().attendance().missed("h1")).isZero();
    assertThat(play.now().attendance().missed("h2")).isEqualTo(5);
  }

  @Test
  void noMoreThanAThirdIsJailedInAnEpoch() {
    Play play = Play.of(0, new StakeParameters(100, 60_000, 5, 10, 8, 10_000, 60_000), 10, 10, 10);
    play.block();
    for (int i = 0; i < 30; i++) {
      play.blockWithout(2, 3);
    }
    assertThat(play.stake(2).isJailed()).isTrue();
    assertThat(play.stake(3).isJailed()).isFalse();
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
  void aBannedInstitutionReturnsWithAnotherKeyOnly() {
    Play play = Play.of(0, 100, 100, 100, 100);
    play.votes(play.proposes(1, new StakeGrant("h4", 5)), 2, 3).block();
    play.blockWith(Play.equivocation(1, 3));
    play.does(4, new KeyRotate(Play.key(9), Play.filled(64, 1))).toEdge();
    play.does(4, new Bond(5)).toEdge();
    assertThat(play.votes(4, play.height() + 2)).isEqualTo(5);
    assertThat(play.refusal(4, new KeyRotate(Play.key(4), Play.filled(64, 1)))).isPresent();
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
  void aRotationAroundTheOffenceDoesNotKeepTheOffenderIn() {
    Play play = Play.of(25, 100, 100, 100, 100);
    play.block().does(4, new KeyRotate(Play.key(9), Play.filled(64, 1))).toEdge().blocks(2);
    assertThat(play.set(play.height()).get(3).key()).isEqualTo(Play.key(9));
    play.does(4, new KeyRotate(Play.key(10), Play.filled(64, 1)));
    play.blockWith(Play.equivocation(2, 3));
    assertThat(play.now().announcedKey("h4")).isEmpty();
    assertThat(play.stake(4).slashed()).isEqualTo(5);
    assertThat(play.refusal(4, new Bond(1))).isPresent();
    play.blockWith(Play.equivocation(play.height(), 3));
    assertThat(play.stake(4).slashed()).isEqualTo(5); // once for all of its keys
    play.toEdge();
    assertThat(play.votes(4, play.height() + 2)).isZero();
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

  @Test
  void aLoneValidatorWithABannedKeyChangesIt() {
    Play play = Play.of(0, 100).blocks(2).blockWith(Play.equivocation(2, 0));
    play.does(1, new KeyRotate(Play.key(9), Play.filled(64, 1))).toEdge();
    assertThat(play.set(play.height() + 2).validators())
        .containsExactly(new Validator(0, "h1", Play.key(9), 100));
  }
}
