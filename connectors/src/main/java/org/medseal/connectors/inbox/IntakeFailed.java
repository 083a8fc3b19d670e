package org.medseal.connectors.inbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs where a message could not be stored: makes sure that nothing downstream sees a receipt, and
 * says so in the log, once per route, kind of failure and episode.
 */
public final class IntakeFailed implements Processor {
  private static final Logger LOG = LoggerFactory.getLogger(IntakeFailed.class);
  private static final long QUIET_ENDS_EPISODE_NS = 60_000_000_000L;

  private final Map<String, Long> lastSeenNs = new ConcurrentHashMap<>();

  @Override
  public void process(Exchange exchange) {
    exchange.removeProperty(InboxConstants.RECEIPT);
    Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    String kind = cause == null ? "unknown" : root(cause).getClass().getSimpleName();
    long now = System.nanoTime();
    Long before = lastSeenNs.put(exchange.getFromRouteId() + " " + kind, now);
    if (before == null || now - before >= QUIET_ENDS_EPISODE_NS) {
      LOG.warn(
          "messages of {} are not stored ({}); they stay with their sender",
          exchange.getFromRouteId(),
          kind);
    }
  }

  private static Throwable root(Throwable cause) {
    Throwable at = cause;
    while (at.getCause() != null && at.getCause() != at) {
      at = at.getCause();
    }
    return at;
  }
}
