package org.medseal.ledger.stake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.medseal.ledger.model.Action.Bond;
import org.medseal.ledger.model.Action.KeyRotate;
import org.medseal.ledger.model.Action.Unbond;
import org.medseal.ledger.model.Action.Unjail;
import org.medseal.ledger.model.MembershipChange.StakeGrant;
import org.medseal.ledger.model.StakeParameters;
import org.medseal.ledger.model.Validator;

/** Slashing, tombstones and jail. */
class PunishmentTest {
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
    Play play = Play.of(25, 10, 10, 10, 10);
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
  void aLoneValidatorWithABannedKeyChangesIt() {
    Play play = Play.of(0, 100).blocks(2).blockWith(Play.equivocation(2, 0));
    play.does(1, new KeyRotate(Play.key(9), Play.filled(64, 1))).toEdge();
    assertThat(play.set(play.height() + 2).validators())
        .containsExactly(new Validator(0, "h1", Play.key(9), 100));
  }
}
