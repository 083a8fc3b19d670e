package org.medseal.ledger.consensus;

import java.util.ArrayList;
import java.util.List;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;

/**
 * Weighted round robin by proposer priority, as in Tendermint: every turn each validator gains its
 * stake, the highest priority (the lowest index among equals) proposes and pays the total stake. A
 * validator gets exactly stake/total of the turns; nothing can be ground. Immutable.
 *
 * @param priorities before the turn of round 0, by validator index; they sum to about zero
 */
public record ProposerRotation(ValidatorSet validators, List<Long> priorities) {
  public ProposerRotation {
    priorities = List.copyOf(priorities);
    if (priorities.size() != validators.size() || priorities.isEmpty()) {
      throw new IllegalArgumentException(
          priorities.size() + " priorities for " + validators.size() + " validators");
    }
  }

  public static ProposerRotation start(ValidatorSet validators) {
    return new ProposerRotation(
        validators, validators.validators().stream().map(each -> 0L).toList());
  }

  /**
   * One turn of the competition.
   *
   * @param gained priorities with this turn's stake added: the highest of them won
   * @param after the winner has paid
   */
  public record Turn(int proposer, List<Long> before, List<Long> gained, List<Long> after) {}

  public Turn turn() {
    List<Long> gained = new ArrayList<>(priorities.size());
    int winner = 0;
    for (Validator each : validators.validators()) {
      gained.add(Math.addExact(priorities.get(each.index()), each.stake()));
      if (gained.get(each.index()) > gained.get(winner)) {
        winner = each.index();
      }
    }
    List<Long> after = new ArrayList<>(gained);
    after.set(winner, Math.subtractExact(gained.get(winner), validators.totalStake()));
    return new Turn(winner, priorities, List.copyOf(gained), List.copyOf(after));
  }

  /** One turn later: the next round, or from the height's own state the next height. */
  public ProposerRotation next() {
    return new ProposerRotation(validators, turn().after());
  }

  /**
   * The rotation of another set: who stays keeps the priority, under another key too; who joins
   * starts behind everybody, so that leaving and joining gains nothing.
   */
  public ProposerRotation withValidators(ValidatorSet changed) {
    long behind = -Math.floorDiv(Math.multiplyExact(9, changed.totalStake()), 8);
    List<Long> carried = new ArrayList<>(changed.size());
    for (Validator each : changed.validators()) {
      long priority = behind;
      for (Validator old : validators.validators()) {
        if (old.institution().equals(each.institution())) {
          priority = priorities.get(old.index());
        }
      }
      carried.add(priority);
    }
    return new ProposerRotation(changed, centred(bounded(carried, changed.totalStake())));
  }

  /** Shrinks the spread to twice the total stake, so that nobody waits for ages. */
  private static List<Long> bounded(List<Long> priorities, long totalStake) {
    long highest = priorities.stream().mapToLong(Long::longValue).max().orElseThrow();
    long lowest = priorities.stream().mapToLong(Long::longValue).min().orElseThrow();
    long window = Math.multiplyExact(2, totalStake);
    long spread = Math.subtractExact(highest, lowest);
    long divisor = spread <= window ? 1 : Math.floorDiv(spread + window - 1, window);
    return priorities.stream().map(each -> each / divisor).toList();
  }

  private static List<Long> centred(List<Long> priorities) {
    long sum = priorities.stream().mapToLong(Long::longValue).reduce(0, Math::addExact);
    long average = Math.floorDiv(sum, priorities.size());
    return priorities.stream().map(each -> each - average).toList();
  }
}
