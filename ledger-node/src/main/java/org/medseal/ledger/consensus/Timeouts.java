package org.medseal.ledger.consensus;

/**
 * How long a round waits, in milliseconds; grows by a fixed step per round up to a cap. Linear on
 * purpose: doubling reaches hours in a stalled network.
 *
 * @param proposeMs for the proposal of round 0
 * @param voteMs for the missing votes of round 0, once a quorum of any votes is there
 * @param growthMs added per round
 * @param capMs longest wait
 */
public record Timeouts(long proposeMs, long voteMs, long growthMs, long capMs) {
  public static final Timeouts DEFAULT = new Timeouts(1_000, 500, 500, 30_000);

  public Timeouts {
    if (proposeMs <= 0 || voteMs <= 0 || growthMs < 0 || capMs < Math.max(proposeMs, voteMs)) {
      throw new IllegalArgumentException(
          "timeouts must be positive and the cap at least as long as the first round's");
    }
  }

  public long proposeMs(int round) {
    return capped(proposeMs, round);
  }

  public long voteMs(int round) {
    return capped(voteMs, round);
  }

  private long capped(long base, int round) {
    return Math.min(capMs, base + growthMs * round);
  }
}
