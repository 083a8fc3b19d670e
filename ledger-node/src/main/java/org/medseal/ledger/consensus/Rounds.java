package org.medseal.ledger.consensus;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.model.VoteType;

/**
 * The message log of a height, bounded. Kept: the round after the current one, each validator's
 * highest round, the latest {@value #KEPT_ROUNDS} past rounds, and as many older ones in which a
 * block had a quorum of prevotes (a later proposal may refer to them).
 */
final class Rounds {
  static final int KEPT_ROUNDS = 64;

  private final ValidatorSet validators;
  private final TreeMap<Integer, RoundState> rounds = new TreeMap<>();
  private final int[] highest;
  private int current;

  Rounds(ValidatorSet validators) {
    this.validators = validators;
    this.highest = IntStream.generate(() -> -1).limit(validators.size()).toArray();
  }

  /** The state of a round to be written to; created on demand. */
  RoundState at(int round) {
    return rounds.computeIfAbsent(round, key -> new RoundState(validators));
  }

  Optional<RoundState> find(int round) {
    return Optional.ofNullable(rounds.get(round));
  }

  /** By ascending round. */
  Map<Integer, RoundState> all() {
    return rounds;
  }

  /** Whether a message of this round is kept; a validator's higher round displaces its others. */
  boolean admits(int validator, int round) {
    if (round < current - KEPT_ROUNDS) {
      return rounds.containsKey(round);
    }
    if (round <= current + 1) {
      highest[validator] = Math.max(highest[validator], round);
      return true;
    }
    if (round < highest[validator]) {
      return false;
    }
    if (round > highest[validator]) {
      highest[validator] = round;
      forgetBetween(validator, round);
    }
    return true;
  }

  /** The same without taking note. */
  boolean wouldAdmit(int validator, int round) {
    if (round < current - KEPT_ROUNDS) {
      return rounds.containsKey(round);
    }
    return round <= current + 1 || round >= highest[validator];
  }

  private void forgetBetween(int validator, int round) {
    rounds
        .subMap(current + 1, false, round, false)
        .values()
        .forEach(
            each -> {
              each.prevotes.remove(validator);
              each.precommits.remove(validator);
            });
    rounds.subMap(current + 1, false, round, false).values().removeIf(RoundState::isEmpty);
  }

  /** The highest round above the current one that somebody honest has reached; else the current. */
  int roundOfSomeHonest() {
    int best = current;
    for (int candidate : highest) {
      if (candidate > best && validators.isSomeHonest(powerAtOrAbove(candidate))) {
        best = candidate;
      }
    }
    return best;
  }

  private long powerAtOrAbove(int round) {
    return IntStream.range(0, highest.length)
        .filter(validator -> highest[validator] >= round)
        .mapToLong(validator -> validators.get(validator).stake())
        .sum();
  }

  void enter(int round, int lockedRound, int validRound) {
    current = round;
    at(round);
    List<Integer> old =
        rounds.headMap(round - KEPT_ROUNDS, false).keySet().stream().collect(Collectors.toList());
    old.removeIf(each -> each == lockedRound || each == validRound);
    List<Integer> withQuorum = old.stream().filter(each -> prevoted(each).isPresent()).toList();
    old.removeAll(
        withQuorum.subList(Math.max(0, withQuorum.size() - KEPT_ROUNDS), withQuorum.size()));
    old.forEach(rounds::remove);
  }

  private Optional<Hash> prevoted(int round) {
    return rounds.get(round).votes(VoteType.PREVOTE).majority();
  }
}
