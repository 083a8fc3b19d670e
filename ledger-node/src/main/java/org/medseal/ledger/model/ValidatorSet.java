package org.medseal.ledger.model;

import java.util.List;

/** The validators of one height, by index. Thresholds are in integers, without division. */
public record ValidatorSet(List<Validator> validators) {
  public ValidatorSet {
    validators = List.copyOf(validators);
    for (int i = 0; i < validators.size(); i++) {
      if (validators.get(i).index() != i) {
        throw new IllegalArgumentException("validator at position " + i + " has another index");
      }
    }
  }

  public int size() {
    return validators.size();
  }

  public Validator get(int index) {
    return validators.get(index);
  }

  public long totalStake() {
    long total = 0;
    for (Validator validator : validators) {
      total = Math.addExact(total, validator.stake());
    }
    return total;
  }

  /** More than two thirds of stake. */
  public boolean isQuorum(long power) {
    return Math.multiplyExact(3, power) > Math.multiplyExact(2, totalStake());
  }

  /** More than one third of stake: at least one honest validator among them. */
  public boolean isSomeHonest(long power) {
    return Math.multiplyExact(3, power) > totalStake();
  }
}
