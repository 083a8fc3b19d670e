package org.medseal.ledger.consensus;

import java.util.BitSet;
import java.util.Collection;
import java.util.TreeMap;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.model.Vote;

/** Votes of one round and type for one value, each validator once. */
final class BlockVotes {
  private final ValidatorSet validators;
  private final TreeMap<Integer, Vote> votes = new TreeMap<>();
  private final BitSet firstWords = new BitSet();
  private long power;

  BlockVotes(ValidatorSet validators) {
    this.validators = validators;
  }

  /**
   * @param firstWord false for the second, different vote of an equivocator
   */
  void add(Vote vote, boolean firstWord) {
    if (votes.putIfAbsent(vote.validator(), vote) == null) {
      power += validators.get(vote.validator()).stake();
      firstWords.set(vote.validator(), firstWord);
    }
  }

  void remove(int validator) {
    if (votes.remove(validator) != null) {
      power -= validators.get(validator).stake();
      firstWords.clear(validator);
    }
  }

  boolean has(int validator) {
    return votes.containsKey(validator);
  }

  /** Whether a validator gave this value as its first word: only then do later words count. */
  boolean hasFirstWord() {
    return !firstWords.isEmpty();
  }

  boolean isQuorum() {
    return validators.isQuorum(power);
  }

  /** By ascending validator index. */
  Collection<Vote> votes() {
    return votes.values();
  }
}
