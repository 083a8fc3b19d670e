package org.medseal.ledger.stake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.model.Action.Bond;
import org.medseal.ledger.model.Action.KeyRotate;
import org.medseal.ledger.model.Action.Unbond;
import org.medseal.ledger.model.Action.Unjail;
import org.medseal.ledger.model.MembershipChange.StakeGrant;

/** How an edge shares out what it may change. */
class NextSetTest {
  @Test
  void anEdgeSharesItsThirdAmongAllWhoAdd() {
    Play play = richlyGranted();
    bondInTurns(play, 130);
    play.toEdge();
    for (int i = 1; i <= 4; i++) {
      assertThat(play.votes(i, play.height() + 2)).isBetween(133L, 134L);
    }
  }

  @Test
  void aWaitingKeyGoesBeforeWhatIsAddedOrLeaves() {
    Play play = richlyGranted();
    bondInTurns(play, 500);
    play.does(4, new KeyRotate(Play.key(9), Play.filled(64, 1))).toEdge();
    assertThat(play.set(play.height() + 2).get(3).key()).isEqualTo(Play.key(9));
  }

  @Test
  void theKeyAnnouncedFirstGoesFirst() {
    Play play = Play.of(25, 100, 100, 100, 100);
    play.does(3, new KeyRotate(Play.key(9), Play.filled(64, 1)));
    play.does(1, new KeyRotate(Play.key(8), Play.filled(64, 1))).toEdge();
    assertThat(play.set(play.height() + 2).get(2).key()).isEqualTo(Play.key(9));
    assertThat(play.set(play.height() + 2).get(0).key()).isEqualTo(Play.key(1));
    play.toEdge();
    assertThat(play.set(play.height() + 2).get(0).key()).isEqualTo(Play.key(8));
  }

  @Test
  void whoLeavesAndWhoJoinsGoByOneProportion() {
    Play play = richlyGranted();
    bondInTurns(play, 100);
    play.does(4, new Unbond(100)).does(4, new Unbond(50)).toEdge();
    assertThat(play.votes(1, play.height() + 2)).isEqualTo(138);
    assertThat(play.votes(4, play.height() + 2)).isBetween(80L, 81L);
  }

  @Test
  void aSmallOneIsNotHeldUpByGreatOnes() {
    assertThat(EdgeShares.of(new long[] {1_000_000, 1, 1_000_000}, 10)).containsExactly(5, 1, 4);
    assertThat(EdgeShares.of(new long[] {0, 5, 3}, 0)).containsExactly(0, 0, 0);
    assertThat(EdgeShares.of(new long[] {1L << 53, 0, 1L << 53}, 1L << 53))
        .containsExactly(1L << 52, 0, 1L << 52);
  }

  @Test
  void whatTheJailedHaveBondedLiftsNobodyElsesVotes() {
    Play play = Play.of(25, 20, 20, 20, 20, 20);
    play.votes(play.proposes(1, new StakeGrant("h1", 6)), 2, 3, 4).block();
    for (int i = 0; i < 8; i++) {
      play.blockWithout(5);
    }
    assertThat(play.stake(5).isJailed()).isTrue();
    play.toEdge().toEdge().does(1, new Bond(6)).toEdge();
    assertThat(play.stake(1).bonded()).isEqualTo(26);
    assertThat(play.votes(1, play.height() + 2)).isEqualTo(21);
    play.does(5, new Unjail()).toEdge();
    assertThat(play.votes(1, play.height() + 2)).isEqualTo(26);
  }

  @Test
  void whereAllHoldAnEqualPartOneUnitMayStillMove() {
    Play play = Play.of(25, 100, 100, 100, 100);
    assertThat(play.refusal(1, new Unbond(5))).isPresent();
    play.does(1, new Unbond(1)).toEdge();
    assertThat(play.votes(1, play.height() + 2)).isEqualTo(99);
    assertThat(Play.of(25, 2, 2, 2, 2).refusal(1, new Unbond(1))).isEmpty();
  }

  @Test
  void whoLeavesLiftsNobodyAboveTheCapOnTheWay() {
    StakePolicy policy = new StakePolicy(10, Play.RULES);
    long[] present = new long[10];
    Arrays.fill(present, 20);
    long[] wanted = present.clone();
    Arrays.fill(wanted, 6, 10, 0); // in parts, six would hold 20 of 134 while ten are there
    long[] votes = FreeMoves.of(policy, present, wanted, 66);
    assertThat(votes).isEqualTo(new long[] {20, 20, 20, 20, 20, 20, 0, 20, 20, 20});
  }

  @Test
  void theCapIsNeverRoundedUpToAThird() {
    assertThat(new StakePolicy(25, Play.RULES).mostUnits(4, 9)).isEqualTo(2);
    assertThat(new StakePolicy(25, Play.RULES).mostUnits(4, 10)).isEqualTo(3);
  }

  @Test
  void aSetOfOneOrTwoUnitsCanStillChange() {
    Play play = Play.of(0, 1);
    play.votes(play.proposes(1, new StakeGrant("h1", 4))).block();
    play.does(1, new Bond(4)).toEdge();
    assertThat(play.votes(1, play.height() + 2)).isEqualTo(2);
    play.toEdge().toEdge().toEdge();
    assertThat(play.votes(1, play.height() + 2)).isEqualTo(5);
  }

  @Test
  void theLastUnitStaysUntilSomebodyElseIsThere() {
    Play play = Play.of(0, 1);
    play.votes(play.proposes(1, Play.admission(Play.institution(2, 1)))).block();
    play.does(2, new Bond(1)).does(1, new Unbond(1)).toEdge();
    assertThat(play.votes(1, play.height() + 2)).isEqualTo(1);
    assertThat(play.votes(2, play.height() + 2)).isEqualTo(1);
    play.toEdge();
    assertThat(play.votes(1, play.height() + 2)).isZero();
    assertThat(play.votes(2, play.height() + 2)).isEqualTo(1);
  }

  /** Four with a hundred bonded and five hundred free units each. */
  private static Play richlyGranted() {
    Play play = Play.of(33, 100, 100, 100, 100);
    for (int i = 1; i <= 4; i++) {
      play.votes(play.proposes(1, new StakeGrant("h" + i, 500)), 2, 3);
    }
    return play.toEdge();
  }

  private static void bondInTurns(Play play, long units) {
    for (long bonded = 0; bonded < units; bonded += 10) {
      for (int i = 1; i <= 4; i++) {
        play.does(i, new Bond(10));
      }
    }
  }
}
