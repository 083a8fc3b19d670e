package org.medseal.connectors.ledger;

import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.medseal.connectors.inbox.InboxConstants;

/** Sends what the outbox holds of the message; its commit is heard of later. */
final class LedgerProducer extends DefaultProducer {
  private final LedgerEndpoint endpoint;

  LedgerProducer(LedgerEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public void process(Exchange exchange) {
    endpoint
        .tracker()
        .deliver(exchange.getMessage().getHeader(InboxConstants.MESSAGE_ID, String.class));
  }
}
