package org.medseal.connectors.seal;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;
import org.medseal.connectors.deidentify.DeidentifiedRecord;
import org.medseal.connectors.inbox.InboxConstants;

/** Records in the body → sealed in the outbox; the body is empty afterwards. */
final class SealProducer extends DefaultProducer {
  private final MessageSealing sealing;

  SealProducer(SealEndpoint endpoint, MessageSealing sealing) {
    super(endpoint);
    this.sealing = sealing;
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    String id = message.getHeader(InboxConstants.MESSAGE_ID, String.class);
    List<DeidentifiedRecord> records =
        ((List<?>) message.getBody()).stream().map(DeidentifiedRecord.class::cast).toList();
    boolean sealed = sealing.seal(id, records);
    message.setBody(null);
    exchange.setRouteStop(!sealed);
  }
}
