package org.medseal.connectors.inbox;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.medseal.connectors.message.BackPressureException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs where an append failed: makes sure that nothing downstream sees a receipt, and says so in
 * the log, once per episode of back-pressure.
 */
public final class IntakeFailed implements Processor {
  private static final Logger LOG = LoggerFactory.getLogger(IntakeFailed.class);
  private static final long EPISODE_NS = 60_000_000_000L;

  private long lastFull = System.nanoTime() - EPISODE_NS;

  @Override
  public void process(Exchange exchange) {
    exchange.removeProperty(InboxConstants.RECEIPT);
    Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    if (!(cause instanceof BackPressureException)) {
      LOG.error(
          "a message of {} was not stored ({}); its sender is told to send again",
          exchange.getFromRouteId(),
          cause == null ? "unknown" : cause.getClass().getName());
    } else if (isNewEpisode()) {
      LOG.warn("the inbox is full; senders of {} are asked to wait", exchange.getFromRouteId());
    }
  }

  private synchronized boolean isNewEpisode() {
    long now = System.nanoTime();
    boolean fresh = now - lastFull >= EPISODE_NS;
    lastFull = now;
    return fresh;
  }
}
