package org.medseal.watch;

import java.util.Map;
import org.medseal.connectors.message.FeedTally;

/**
 * What a watch sees at one moment.
 *
 * @param feeds state by feed: RUNNING, PAUSED or FAILED
 * @param tallies by feed
 * @param waiting messages received and not yet committed
 */
public record Sights(
    Map<String, String> feeds,
    Map<String, FeedTally> tallies,
    long waiting,
    long diskFreeBytes,
    long diskTotalBytes) {
  public Sights {
    feeds = Map.copyOf(feeds);
    tallies = Map.copyOf(tallies);
  }
}
