package org.medseal.connectors.stow;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Last step of a STOW-RS route. */
public final class StowAnswer implements Processor {
  @Override
  public void process(Exchange exchange) {
    StowExamine.Turn turn = exchange.getProperty(StowExamine.TURN, StowExamine.Turn.class);
    StowResponse response =
        turn.refused()
            .orElseGet(
                () -> Stow.answer(turn.accepted().orElseThrow(), turn.upload().orElseThrow()));
    boolean unread = turn.upload().map(upload -> upload.broken().isPresent()).orElse(true);
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, response.status());
    response.headers().forEach(message::setHeader);
    if (unread) {
      // What is left of the request would be taken for the next one.
      turn.body().abandon();
    }
    message.setBody(response.body());
  }
}
