package org.medseal.connectors.stow;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.medseal.connectors.inbox.InboxConstants;
import org.medseal.connectors.message.Receipt;

/** After each instance: it is stored if, and only if, the exchange carries a {@link Receipt}. */
public final class StowPart implements Processor {
  @Override
  public void process(Exchange exchange) {
    Upload upload =
        exchange
            .getProperty(StowExamine.TURN, StowExamine.Turn.class)
            .upload()
            .orElseThrow(() -> new IllegalStateException("nothing is being stored"));
    if (exchange.getProperty(InboxConstants.RECEIPT, Receipt.class) == null) {
      upload.notStored(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    } else {
      upload.stored();
    }
  }
}
