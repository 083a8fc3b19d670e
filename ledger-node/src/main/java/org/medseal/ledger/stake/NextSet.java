package org.medseal.ledger.stake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;

/**
 * The set that an edge decides: as near to what is wanted as one stake epoch may go. Weight taken
 * away, added and moved to another key is together at most a third of the present total, so that
 * two neighbouring sets always share more than half of their stake; one key may always change, or a
 * lone validator never could.
 */
final class NextSet {
  /**
   * @param key it is to vote with
   * @param units 0 for out
   * @param first goes before others when not all can go at once
   */
  record Wanted(String institution, Bytes key, long units, boolean first) {}

  private final ValidatorSet present;
  private final List<Wanted> wanted;
  private final long[] votes;
  private long left;

  private NextSet(ValidatorSet present, List<Wanted> wanted) {
    this.present = present;
    this.wanted = wanted;
    this.votes = wanted.stream().mapToLong(each -> votesOf(each.institution(), present)).toArray();
    this.left = present.totalStake() / 3;
  }

  /**
   * @param wanted every institution that is in the present set or is to be in the next, in the
   *     order of the next set
   */
  static ValidatorSet of(ValidatorSet present, List<Wanted> wanted) {
    NextSet next = new NextSet(present, wanted);
    if (wanted.stream().anyMatch(each -> each.units() > 0)) {
      next.cut(true);
      next.cut(false);
      next.add();
    }
    return next.withKeys();
  }

  static long votesOf(String institution, ValidatorSet validators) {
    return find(institution, validators).map(Validator::stake).orElse(0L);
  }

  static Optional<Validator> find(String institution, ValidatorSet validators) {
    return validators.validators().stream()
        .filter(each -> each.institution().equals(institution))
        .findFirst();
  }

  private void cut(boolean first) {
    for (int i = 0; i < votes.length; i++) {
      long surplus = votes[i] - wanted.get(i).units();
      if (wanted.get(i).first() == first && surplus > 0) {
        long cut = Math.min(surplus, left);
        votes[i] -= cut;
        left -= cut;
      }
    }
  }

  private void add() {
    for (int i = 0; i < votes.length; i++) {
      long lacking = wanted.get(i).units() - votes[i];
      if (lacking > 0) {
        long added = Math.min(lacking, left);
        votes[i] += added;
        left -= added;
      }
    }
  }

  private ValidatorSet withKeys() {
    List<Validator> validators = new ArrayList<>();
    boolean untouched = left == present.totalStake() / 3;
    for (int i = 0; i < votes.length; i++) {
      if (votes[i] > 0) {
        Wanted each = wanted.get(i);
        Bytes key = find(each.institution(), present).map(Validator::key).orElseGet(each::key);
        if (!key.equals(each.key()) && (untouched || votes[i] <= left)) {
          key = each.key();
          left = Math.max(0, left - votes[i]);
          untouched = false;
        }
        validators.add(new Validator(validators.size(), each.institution(), key, votes[i]));
      }
    }
    return new ValidatorSet(validators);
  }
}
