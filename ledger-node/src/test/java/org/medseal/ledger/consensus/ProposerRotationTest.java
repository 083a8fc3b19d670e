package org.medseal.ledger.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ProposerRotationTest {

  @Property(tries = 200)
  void everyoneGetsExactlyItsShareOfTurns(
      @ForAll @Size(min = 1, max = 7) List<@IntRange(min = 1, max = 40) Integer> stakes) {
    long[] units = stakes.stream().mapToLong(Integer::longValue).toArray();
    int total = (int) Arrays.stream(units).sum();
    long[] turns = new long[units.length];
    ProposerRotation rotation = ProposerRotation.start(Play.validators(units));
    for (int i = 0; i < total; i++) {
      turns[rotation.turn().proposer()]++;
      rotation = rotation.next();
    }
    assertThat(turns).isEqualTo(units);
    assertThat(rotation.priorities()).allMatch(each -> each == 0);
  }

  @Test
  void aTurnShowsWhyItsWinnerWon() {
    ProposerRotation.Turn turn =
        ProposerRotation.start(Play.validators(30, 26, 24, 20)).next().turn();
    assertThat(turn.proposer()).isEqualTo(1);
    assertThat(turn.before()).containsExactly(-70L, 26L, 24L, 20L);
    assertThat(turn.gained()).containsExactly(-40L, 52L, 48L, 40L);
    assertThat(turn.after()).containsExactly(-40L, -48L, 48L, 40L);
  }

  @Test
  void whoJoinsWaitsForItsTurn() {
    ProposerRotation rotation =
        ProposerRotation.start(Play.validators(10, 10, 10))
            .withValidators(Play.validators(10, 10, 10, 10));
    for (int i = 0; i < 3; i++) {
      assertThat(rotation.turn().proposer()).isNotEqualTo(3);
      rotation = rotation.next();
    }
  }

  @Property(tries = 200)
  void afterAChangePrioritiesStayBounded(
      @ForAll @Size(min = 2, max = 5) List<@IntRange(min = 1, max = 1000) Integer> before,
      @ForAll @Size(min = 2, max = 5) List<@IntRange(min = 1, max = 10) Integer> after) {
    ProposerRotation rotation =
        ProposerRotation.start(
            Play.validators(before.stream().mapToLong(Integer::longValue).toArray()));
    rotation = rotation.next().next();
    var changed = Play.validators(after.stream().mapToLong(Integer::longValue).toArray());
    ProposerRotation carried = rotation.withValidators(changed);
    long highest = carried.priorities().stream().mapToLong(Long::longValue).max().orElseThrow();
    long lowest = carried.priorities().stream().mapToLong(Long::longValue).min().orElseThrow();
    assertThat(highest - lowest).isLessThanOrEqualTo(2 * changed.totalStake() + 1);
    long sum = carried.priorities().stream().mapToLong(Long::longValue).sum();
    assertThat(sum).isBetween(0L, (long) changed.size() - 1);
  }
}
