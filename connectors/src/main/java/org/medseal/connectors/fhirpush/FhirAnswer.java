package org.medseal.connectors.fhirpush;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.medseal.connectors.inbox.InboxConstants;
import org.medseal.connectors.message.BackPressureException;
import org.medseal.connectors.message.Receipt;

/** Last step of a push route; without a {@link Receipt} the client is told to send again. */
public final class FhirAnswer implements Processor {
  private final FhirPush push;

  public FhirAnswer(FhirPush push) {
    this.push = push;
  }

  @Override
  public void process(Exchange exchange) {
    FhirResponse response = response(exchange);
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, response.status());
    response.headers().forEach(message::setHeader);
    message.setBody(response.body());
  }

  private FhirResponse response(Exchange exchange) {
    Examined examined = exchange.getProperty(FhirExamine.EXAMINED, Examined.class);
    if (examined instanceof Examined.ToStore toStore) {
      Receipt receipt = exchange.getProperty(InboxConstants.RECEIPT, Receipt.class);
      return receipt != null
          ? push.stored(toStore, receipt)
          : push.notStored(
              toStore.request(),
              exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof BackPressureException);
    }
    return ((Examined.Answered) examined).response();
  }
}
