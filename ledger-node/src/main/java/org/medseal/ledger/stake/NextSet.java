package org.medseal.ledger.stake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;

/**
 * The set that an edge decides: as near to what is wanted as one stake epoch may go. Weight taken
 * away, added and moved to another key is together at most a third of the present total (one unit
 * at least), so that two neighbouring sets always share more than half of their stake; one key may
 * always change, or a lone validator never could. First go those who are put out, then the keys
 * that wait, then what everybody freely adds and takes away.
 */
final class NextSet {
  /** Why an institution is to have no votes, most urgent first. */
  enum Bar {
    OFFENCE,
    JAIL_OR_REMOVAL,
    NONE
  }

  /**
   * @param key it is to vote with
   * @param units 0 for out
   */
  record Wanted(String institution, Bytes key, long units, Bar bar) {}

  private final List<Wanted> wanted;
  private final Bytes[] keys;
  private final boolean isSomebodyWanted;
  private final long limit;
  private long[] votes;
  private long left;

  private NextSet(ValidatorSet present, List<Wanted> wanted) {
    this.wanted = wanted;
    this.isSomebodyWanted = wanted.stream().anyMatch(each -> each.units() > 0);
    this.votes = wanted.stream().mapToLong(each -> votesOf(each.institution(), present)).toArray();
    this.keys =
        wanted.stream()
            .map(each -> find(each.institution(), present).map(Validator::key).orElse(each.key()))
            .toArray(Bytes[]::new);
    this.limit = Math.max(1, present.totalStake() / 3);
    this.left = limit;
  }

  /**
   * @param wanted every institution that is in the present set or is to be in the next, in the
   *     order of the next set
   * @param waiting institutions whose key waits for an edge, oldest announcement first
   */
  static ValidatorSet of(
      ValidatorSet present, List<Wanted> wanted, List<String> waiting, StakePolicy policy) {
    NextSet next = new NextSet(present, wanted);
    next.putOut(Bar.OFFENCE);
    next.putOut(Bar.JAIL_OR_REMOVAL);
    waiting.forEach(next::turnKey);
    next.moveFreely(policy);
    return next.validators();
  }

  static long votesOf(String institution, ValidatorSet validators) {
    return find(institution, validators).map(Validator::stake).orElse(0L);
  }

  static Optional<Validator> find(String institution, ValidatorSet validators) {
    return validators.validators().stream()
        .filter(each -> each.institution().equals(institution))
        .findFirst();
  }

  /** The last unit stays: somebody has to be there who decides who comes. */
  private void putOut(Bar bar) {
    if (!isSomebodyWanted) {
      return;
    }
    long[] surplus =
        IntStream.range(0, votes.length)
            .mapToLong(
                i -> wanted.get(i).bar() == bar ? Math.max(0, votes[i] - wanted.get(i).units()) : 0)
            .toArray();
    long all = Arrays.stream(surplus).sum();
    long cut = Math.min(Math.min(all, left), Arrays.stream(votes).sum() - 1);
    long[] cuts = EdgeShares.of(surplus, cut);
    Arrays.setAll(votes, i -> votes[i] - cuts[i]);
    left -= cut;
  }

  private void turnKey(String institution) {
    for (int i = 0; i < votes.length; i++) {
      Wanted each = wanted.get(i);
      boolean fits = left == limit || votes[i] <= left;
      if (each.institution().equals(institution) && fits && !keys[i].equals(each.key())) {
        keys[i] = each.key();
        left = Math.max(0, left - votes[i]);
      }
    }
  }

  private void moveFreely(StakePolicy policy) {
    if (!isSomebodyWanted) {
      return;
    }
    long[] goal =
        IntStream.range(0, votes.length)
            .mapToLong(i -> wanted.get(i).bar() == Bar.NONE ? wanted.get(i).units() : votes[i])
            .toArray();
    votes = FreeMoves.of(policy, votes, goal, left);
  }

  private ValidatorSet validators() {
    List<Validator> validators = new ArrayList<>();
    for (int i = 0; i < votes.length; i++) {
      if (votes[i] > 0) {
        validators.add(
            new Validator(validators.size(), wanted.get(i).institution(), keys[i], votes[i]));
      }
    }
    return new ValidatorSet(validators);
  }
}
