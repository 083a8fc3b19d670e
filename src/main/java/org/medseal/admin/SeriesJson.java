package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.medseal.series.FeedMinute;
import org.medseal.series.LedgerMinute;

/** Minutes as JSON. */
final class SeriesJson {
  private static final int DAY = 24 * 60;

  private SeriesJson() {}

  /** The query's {@code minutes}, 1 to a day; a day if it is not there. */
  static int minutes(Exchange exchange) {
    long minutes = exchange.queryNumber("minutes", DAY);
    if (minutes < 1 || minutes > DAY) {
      throw Exchange.refused("'minutes' is 1 to " + DAY + ".");
    }
    return (int) minutes;
  }

  static ObjectNode feed(String feed, List<FeedMinute> minutes) {
    ObjectNode node = Json.object().put("feed", feed);
    ArrayNode points = node.putArray("points");
    for (FeedMinute each : minutes) {
      points
          .addObject()
          .put("at", each.at().toString())
          .put("received", each.received())
          .put("duplicates", each.duplicates())
          .put("committed", each.committed())
          .put("quarantined", each.quarantined());
    }
    return node;
  }

  static ObjectNode ledger(List<LedgerMinute> minutes) {
    ObjectNode node = Json.object();
    ArrayNode points = node.putArray("points");
    for (LedgerMinute each : minutes) {
      ObjectNode point = points.addObject().put("at", each.at().toString());
      point.put("queue", each.queue()).put("pending", each.pending());
      point.put("commits", each.commits());
      add(point, "commitLatencyMs", each.latency());
      point.put("blocks", each.blocks()).put("transactions", each.transactions());
      add(point, "blockIntervalMs", each.interval());
    }
    return node;
  }

  /** Left out when nothing was measured. */
  private static void add(ObjectNode point, String name, LedgerMinute.Spread spread) {
    if (spread.largest().isPresent()) {
      point
          .putObject(name)
          .put("p50", spread.p50().getAsLong())
          .put("p95", spread.p95().getAsLong())
          .put("largest", spread.largest().getAsLong());
    }
  }
}
