package org.medseal.watch;

import java.util.Map;
import java.util.Optional;
import org.medseal.connectors.message.FeedTally;

/**
 * What a watch sees at one moment.
 *
 * @param feeds state by feed: RUNNING, PAUSED or FAILED
 * @param tallies by feed
 * @param waiting messages received and not yet committed
 * @param ledgerOut why the ledger node takes no part in deciding; empty while it does
 * @param auditFault what is wrong with the audit trail; empty if nothing is
 */
public record Sights(
    Map<String, String> feeds,
    Map<String, FeedTally> tallies,
    long waiting,
    Room disk,
    Optional<String> ledgerOut,
    Optional<String> auditFault) {
  /** Of the home's volume. */
  public record Room(long freeBytes, long totalBytes) {}

  /** With an audit trail that is as it should be. */
  public Sights(
      Map<String, String> feeds,
      Map<String, FeedTally> tallies,
      long waiting,
      Room disk,
      Optional<String> ledgerOut) {
    this(feeds, tallies, waiting, disk, ledgerOut, Optional.empty());
  }

  public Sights {
    feeds = Map.copyOf(feeds);
    tallies = Map.copyOf(tallies);
  }
}
