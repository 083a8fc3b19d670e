package org.medseal.ledger.stake;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What institutions freely add and take away at one edge. All go the same part of their way, so
 * that nobody's part of the whole leaves what lies between the present and the wanted one. Votes an
 * institution has it keeps; what it adds ends where the cap of the set that results does; and what
 * others take away lifts nobody above it whom the wanted set would not lift.
 */
final class FreeMoves {
  private final StakePolicy policy;
  private final long[] present;
  private final long[] goal;

  private FreeMoves(StakePolicy policy, long[] present, long[] wanted) {
    this.policy = policy;
    this.present = present;
    this.goal = wanted.clone();
    if (total(present) == 1) {
      Arrays.setAll(goal, i -> Math.max(goal[i], present[i])); // a set is never empty
    }
    endAdditionsAtTheCap(goal);
  }

  /**
   * The votes after the edge: of the ways that lift nobody the one that moves most.
   *
   * @param most units that may move
   */
  static long[] of(StakePolicy policy, long[] present, long[] wanted, long most) {
    FreeMoves moves = new FreeMoves(policy, present, wanted);
    Stream<long[]> liftingNobody =
        Stream.concat(
            Stream.of(moves.goal, moves.goalOfWhatLeaves())
                .map(end -> moves.withoutLifts(moves.withinTheCap(end.clone(), most))),
            moves.exits(most));
    return Stream.of(
            liftingNobody.max(Comparator.comparingLong(moves::moved)).orElse(present),
            moves.leaving(most),
            moves.withOneUnitMore(most))
        .filter(votes -> !Arrays.equals(votes, present))
        .findFirst()
        .orElse(present);
  }

  /** What the cap holds back leaves room for others to go further. */
  private long[] withinTheCap(long[] end, long most) {
    for (int round = 0; round < end.length; round++) {
      long[] votes = towards(end, most);
      long[] within = votes.clone();
      endAdditionsAtTheCap(within);
      if (Arrays.equals(votes, within)) {
        return votes;
      }
      Arrays.setAll(end, i -> within[i] < votes[i] ? within[i] : end[i]);
    }
    long[] votes = towards(end, most);
    endAdditionsAtTheCap(votes);
    return votes;
  }

  private long[] towards(long[] end, long most) {
    if (moved(end) <= most) {
      return end.clone();
    }
    long[] steps = EdgeShares.of(distances(end), most);
    return IntStream.range(0, present.length)
        .mapToLong(i -> present[i] + Long.signum(end[i] - present[i]) * steps[i])
        .toArray();
  }

  private long moved(long[] votes) {
    return Arrays.stream(distances(votes)).sum();
  }

  private long[] distances(long[] end) {
    return IntStream.range(0, present.length)
        .mapToLong(i -> Math.abs(end[i] - present[i]))
        .toArray();
  }

  /** Ends at the greatest votes that are within the cap of their own total. */
  private void endAdditionsAtTheCap(long[] votes) {
    boolean isSettled = false;
    while (!isSettled) {
      long cap = policy.mostUnits(holders(votes), total(votes));
      isSettled = true;
      for (int i = 0; i < votes.length; i++) {
        long end = Math.max(present[i], cap);
        isSettled &= votes[i] <= end;
        votes[i] = Math.min(votes[i], end);
      }
    }
  }

  /** With as many of the units that leave given back as it takes. */
  private long[] withoutLifts(long[] votes) {
    long[] cuts =
        IntStream.range(0, votes.length)
            .mapToLong(i -> Math.max(0, present[i] - votes[i]))
            .toArray();
    LongPredicate liftsNobody = back -> !isAnybodyLifted(withBack(votes, cuts, back));
    long tooFew = 0;
    long enough = liftsNobody.test(0) ? 0 : Arrays.stream(cuts).sum();
    while (enough - tooFew > 1) {
      long middle = tooFew + (enough - tooFew) / 2;
      if (liftsNobody.test(middle)) {
        enough = middle;
      } else {
        tooFew = middle;
      }
    }
    return withBack(votes, cuts, enough);
  }

  /** Who is back counts again, and may lower the cap for what others add. */
  private long[] withBack(long[] votes, long[] cuts, long back) {
    long[] shares = EdgeShares.of(cuts, back);
    long[] next = IntStream.range(0, votes.length).mapToLong(i -> votes[i] + shares[i]).toArray();
    endAdditionsAtTheCap(next);
    return next;
  }

  private boolean isAnybodyLifted(long[] votes) {
    return IntStream.range(0, votes.length)
        .anyMatch(
            i ->
                votes[i] <= present[i]
                    && !isWithinCap(votes, i)
                    && isWithinCap(present, i)
                    && isWithinCap(goal, i));
  }

  private boolean isWithinCap(long[] votes, int i) {
    return votes[i] <= policy.mostUnits(holders(votes), total(votes));
  }

  private long[] goalOfWhatLeaves() {
    return IntStream.range(0, goal.length).mapToLong(i -> Math.min(goal[i], present[i])).toArray();
  }

  /** Who leaves altogether may go where a part could not: the cap depends on how many there are. */
  private Stream<long[]> exits(long most) {
    return IntStream.range(0, goal.length)
        .filter(i -> goal[i] == 0 && present[i] <= most)
        .mapToObj(
            i -> {
              long[] votes = present.clone();
              votes[i] = 0;
              return votes;
            })
        .filter(votes -> !isAnybodyLifted(votes));
  }

  /**
   * Where all of that would lift somebody, leaving goes before the cap: nobody is held for good.
   */
  private long[] leaving(long most) {
    return towards(goalOfWhatLeaves(), most);
  }

  /** Where whole units are too coarse for the cap. */
  private long[] withOneUnitMore(long most) {
    long[] votes = present.clone();
    IntStream.range(0, goal.length)
        .filter(i -> most > 0 && goal[i] > present[i])
        .findFirst()
        .ifPresent(i -> votes[i]++);
    return votes;
  }

  private static long holders(long[] votes) {
    return Arrays.stream(votes).filter(each -> each > 0).count();
  }

  private static long total(long[] votes) {
    return Arrays.stream(votes).sum();
  }
}
