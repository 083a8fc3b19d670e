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
 */
public record Sights(
    Map<String, String> feeds,
    Map<String, FeedTally> tallies,
    long waiting,
    Room disk,
    Optional<String> ledgerOut) {
  /** Of the home's volume. */
  public record Room(long freeBytes, long totalBytes) {}

  public Sights {
    feeds = Map.copyOf(feeds);
    tallies = Map.copyOf(tallies);
  }
}
