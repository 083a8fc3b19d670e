package org.medseal.ledger.stake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medseal.ledger.api.StakeAccount.Unbonding;

/**
 * One institution's units. Nothing is made or lost but by a grant: {@link #granted} is the sum of
 * all places a unit can be in.
 *
 * @param free granted and not at stake
 * @param bonded at stake, and to stay so
 * @param leaving at stake until an edge lets it go
 * @param unbonding out of the set, still slashable, by ascending release time
 * @param slashed destroyed
 * @param retired taken back
 * @param jailedUntilMs block time from which it may leave the jail
 */
public record Stake(
    long free,
    long bonded,
    long leaving,
    List<Unbonding> unbonding,
    long slashed,
    long retired,
    Optional<Long> jailedUntilMs) {
  public static final Stake NONE = new Stake(0, 0, 0, List.of(), 0, 0, Optional.empty());

  /** Bounds the state: what would be one more joins the newest and is released with it. */
  static final int MOST_UNBONDINGS = 32;

  private static final long PERCENT = 100;

  public Stake {
    unbonding = List.copyOf(unbonding);
    if (free < 0 || bonded < 0 || leaving < 0 || slashed < 0 || retired < 0) {
      throw new IllegalArgumentException("negative stake");
    }
  }

  public static Stake bonded(long units) {
    return NONE.granted(units).bond(units);
  }

  /** All units ever granted. */
  public long granted() {
    return free + slashable() + slashed + retired;
  }

  /** What an offence of its validator puts at risk. */
  public long slashable() {
    return bonded + leaving + unbonding.stream().mapToLong(Unbonding::units).sum();
  }

  public boolean isJailed() {
    return jailedUntilMs.isPresent();
  }

  Stake granted(long units) {
    return new Stake(
        Math.addExact(free, units), bonded, leaving, unbonding, slashed, retired, jailedUntilMs);
  }

  Stake bond(long units) {
    return new Stake(
        free - units, bonded + units, leaving, unbonding, slashed, retired, jailedUntilMs);
  }

  Stake unbond(long units) {
    return new Stake(
        free, bonded - units, leaving + units, unbonding, slashed, retired, jailedUntilMs);
  }

  Stake jailed(long untilMs) {
    return new Stake(free, bonded, leaving, unbonding, slashed, retired, Optional.of(untilMs));
  }

  Stake unjailed() {
    return new Stake(free, bonded, leaving, unbonding, slashed, retired, Optional.empty());
  }

  /** What was free is taken back. */
  Stake retire() {
    return new Stake(0, bonded, leaving, unbonding, slashed, retired + free, jailedUntilMs);
  }

  /**
   * Destroys that part of what is slashable, rounded up, and takes the rest out of the competition:
   * first what is at stake, then what left last.
   */
  Stake slash(int percent) {
    long due = (Math.multiplyExact(slashable(), percent) + PERCENT - 1) / PERCENT;
    long fromBonded = Math.min(due, bonded);
    long fromLeaving = Math.min(due - fromBonded, leaving);
    long rest = due - fromBonded - fromLeaving;
    List<Unbonding> kept = new ArrayList<>(unbonding);
    for (int i = kept.size() - 1; i >= 0 && rest > 0; i--) {
      Unbonding each = kept.get(i);
      long taken = Math.min(rest, each.units());
      rest -= taken;
      kept.set(i, new Unbonding(each.units() - taken, each.releaseMs()));
    }
    kept.removeIf(each -> each.units() == 0);
    return new Stake(
            free,
            bonded - fromBonded,
            leaving - fromLeaving,
            kept,
            slashed + due,
            retired,
            jailedUntilMs)
        .unbond(bonded - fromBonded);
  }

  /**
   * After an edge: what no longer backs the votes begins to unbond.
   *
   * @param votes in the new set
   */
  Stake settled(long votes, long releaseMs) {
    long stays = Math.min(leaving, Math.max(0, votes - bonded));
    long goes = leaving - stays;
    if (goes == 0) {
      return this;
    }
    List<Unbonding> next = new ArrayList<>(unbonding);
    Unbonding added = new Unbonding(goes, releaseMs);
    if (next.size() == MOST_UNBONDINGS) {
      Unbonding newest = next.remove(next.size() - 1);
      added = new Unbonding(newest.units() + goes, Math.max(newest.releaseMs(), added.releaseMs()));
    }
    next.add(added);
    return new Stake(free, bonded, stays, next, slashed, retired, jailedUntilMs);
  }

  /** What has waited long enough is free again. */
  Stake released(long timeMs) {
    long due =
        unbonding.stream()
            .filter(each -> each.releaseMs() <= timeMs)
            .mapToLong(Unbonding::units)
            .sum();
    if (due == 0) {
      return this;
    }
    List<Unbonding> left = unbonding.stream().filter(each -> each.releaseMs() > timeMs).toList();
    return new Stake(free + due, bonded, leaving, left, slashed, retired, jailedUntilMs);
  }
}
