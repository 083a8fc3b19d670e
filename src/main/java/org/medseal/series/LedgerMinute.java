package org.medseal.series;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * How the way to the ledger was in the minute that begins then.
 *
 * @param queue most messages received and not yet committed, as seen every ten seconds
 * @param pending most transactions the node held for a block
 * @param commits own records found in blocks
 * @param latency from a message's receival to the block, of those
 * @param blocks decided
 * @param transactions in those blocks, of everybody
 * @param interval from block to block while something was pending
 */
public record LedgerMinute(
    Instant at,
    long queue,
    long pending,
    long commits,
    Spread latency,
    long blocks,
    long transactions,
    Spread interval) {

  /** Milliseconds: the middle one, the one that 95 of 100 do not exceed, the largest. */
  public record Spread(OptionalLong p50, OptionalLong p95, OptionalLong largest) {
    static Spread of(Delays delays) {
      return new Spread(delays.percentile(50), delays.percentile(95), delays.largest());
    }
  }
}
