package org.medseal.ledger.stake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medseal.ledger.model.ValidatorSet;

/**
 * The validator sets of the newest heights and of the two to come, each with the first height it is
 * in force at, ascending.
 */
public record ValidatorHistory(List<Period> periods) {
  /** A set and where it begins. */
  public record Period(long fromHeight, ValidatorSet validators) {}

  public ValidatorHistory {
    periods = List.copyOf(periods);
    if (periods.isEmpty()) {
      throw new IllegalArgumentException("no validators");
    }
    for (int i = 1; i < periods.size(); i++) {
      if (periods.get(i - 1).fromHeight() >= periods.get(i).fromHeight()) {
        throw new IllegalArgumentException("validator sets do not ascend");
      }
    }
  }

  /** Of a height that lies too far back to be known still, the oldest known. */
  public ValidatorSet at(long height) {
    ValidatorSet found = periods.get(0).validators();
    for (Period each : periods) {
      if (each.fromHeight() <= height) {
        found = each.validators();
      }
    }
    return found;
  }

  public ValidatorSet newest() {
    return periods.get(periods.size() - 1).validators();
  }

  /** The set that begins at exactly that height. */
  public Optional<ValidatorSet> beginningAt(long height) {
    return periods.stream()
        .filter(each -> each.fromHeight() == height)
        .map(Period::validators)
        .findFirst();
  }

  ValidatorHistory with(long fromHeight, ValidatorSet validators) {
    List<Period> next = new ArrayList<>(periods);
    next.add(new Period(fromHeight, validators));
    return new ValidatorHistory(next);
  }

  /** Without what ended before that height. */
  ValidatorHistory since(long height) {
    int first = 0;
    while (first + 1 < periods.size() && periods.get(first + 1).fromHeight() <= height) {
      first++;
    }
    return first == 0 ? this : new ValidatorHistory(periods.subList(first, periods.size()));
  }
}
