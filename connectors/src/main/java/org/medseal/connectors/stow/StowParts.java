package org.medseal.connectors.stow;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Walks a request's instances: {@link #more} is the condition of a loop (a split would look one
 * ahead), {@link #process} its first step, which makes the instance the body.
 */
public final class StowParts implements Processor {
  /** Waits for the next instance; false after the last. */
  public boolean more(Exchange exchange) {
    return upload(exchange).next().isPresent();
  }

  @Override
  public void process(Exchange exchange) {
    exchange.getMessage().setBody(upload(exchange).content());
  }

  private static Upload upload(Exchange exchange) {
    return exchange
        .getProperty(StowExamine.TURN, StowExamine.Turn.class)
        .upload()
        .orElseThrow(() -> new IllegalStateException("nothing is being stored"));
  }
}
