package org.medseal.connectors.inbox;

import java.io.IOException;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;
import org.medseal.connectors.content.Arriving;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.hl7ack.Hl7Head;
import org.medseal.connectors.message.Arrival;
import org.medseal.connectors.message.Incoming;
import org.medseal.connectors.message.MessageStore;
import org.medseal.connectors.message.Receipt;
import org.medseal.connectors.message.SpoolStream;

/**
 * Stores the body. When it returns without an exception the message is on disk and the exchange
 * carries the {@link Receipt}; of the headers only MedSeal's own are left.
 */
final class InboxProducer extends DefaultProducer {
  private final InboxEndpoint endpoint;
  private final MessageStore store;

  InboxProducer(InboxEndpoint endpoint, MessageStore store) {
    super(endpoint);
    this.endpoint = endpoint;
    this.store = store;
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    exchange.removeProperty(InboxConstants.RECEIPT);
    Message message = exchange.getMessage();
    Receipt receipt =
        message.getBody() instanceof Arriving arriving
            ? spooled(arriving, exchange)
            : store.receive(arrival(exchange));
    message.removeHeaders("*");
    message.setHeader(InboxConstants.MESSAGE_ID, receipt.id());
    exchange.setProperty(InboxConstants.RECEIPT, receipt);
  }

  /** Sealed while it arrives, so that it is never whole in memory nor clear on disk. */
  private Receipt spooled(Arriving arriving, Exchange exchange) throws IOException {
    try (SpoolStream spool = store.spool().create()) {
      arriving.stream().transferTo(spool);
      return store.receive(
          new Arrival(
              endpoint.feed(),
              endpoint.getFormat(),
              spool.finish(),
              Optional.empty(),
              source(exchange),
              Optional.empty()));
    }
  }

  private Arrival arrival(Exchange exchange) throws Exception {
    Content content;
    Optional<QuarantineReason> defect = Optional.empty();
    Optional<String> controlId = Optional.empty();
    if (exchange.getMessage().getBody() instanceof Incoming incoming) {
      content = Content.of(incoming.raw());
      defect = incoming.defect();
      controlId = incoming.controlId();
    } else if (exchange.getMessage().getBody() instanceof Content whole) {
      content = whole;
    } else {
      content = Content.of(exchange.getMessage().getMandatoryBody(byte[].class));
    }
    if (controlId.isEmpty() && endpoint.getFormat() == Format.HL7V2) {
      controlId = Hl7Head.read(content.bytes()).flatMap(Hl7Head::controlId);
    }
    return new Arrival(
        endpoint.feed(), endpoint.getFormat(), content, controlId, source(exchange), defect);
  }

  private static Optional<String> source(Exchange exchange) {
    String source = exchange.getProperty(InboxConstants.SOURCE, String.class);
    return Optional.ofNullable(
        source != null
            ? source
            : exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class));
  }
}
