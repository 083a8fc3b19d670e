package org.medseal.connectors.mllp;

import java.time.InstantSource;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.medseal.connectors.hl7ack.Acknowledgement;
import org.medseal.connectors.hl7ack.Answer;
import org.medseal.connectors.hl7ack.Hl7Head;
import org.medseal.connectors.inbox.InboxConstants;
import org.medseal.connectors.message.Receipt;

/**
 * Last step of an MLLP route: turns what the inbox proved into an acknowledgement. Without a {@link
 * Receipt} it is AE, whatever happened on the way.
 */
public final class MllpAnswer implements Processor {
  private final InstantSource clock;

  public MllpAnswer(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void process(Exchange exchange) {
    MllpFrame frame = exchange.getMessage().getBody(MllpFrame.class);
    Optional<byte[]> reply =
        headToAnswer(frame)
            .flatMap(head -> Acknowledgement.to(head, answer(exchange, frame), clock.instant()));
    // Within a frame of several messages the line has kept its rhythm: the others are answered too.
    boolean closing =
        frame.part().isEmpty() && frame.problem().filter(MllpDefect::isClosing).isPresent();
    byte[] alone = reply.orElse(new byte[0]);
    byte[] message =
        frame.part().map(part -> part.answer().next(part, alone, clock.instant())).orElse(alone);
    boolean more = frame.part().filter(part -> !part.isLast()).isPresent();
    exchange.getMessage().setBody(new MllpReply(message, closing, more));
  }

  /**
   * Of whole frames each is answered, even one that begins with no MSH. A truncated message is
   * followed by another, whose sender must not take this answer for its own.
   */
  private static Optional<Hl7Head> headToAnswer(MllpFrame frame) {
    if (frame.problem().isEmpty()) {
      return frame.head();
    }
    return switch (frame.problem().get()) {
      case NO_HEAD -> Optional.of(Hl7Head.empty());
      case TOO_MANY -> frame.head().or(() -> Optional.of(Hl7Head.empty()));
      case NO_TYPE -> frame.head();
      case TRUNCATED, BATCH -> Optional.empty();
      case GARBAGE, OVERSIZE -> frame.head().filter(head -> head.controlId().isPresent());
    };
  }

  private static Answer answer(Exchange exchange, MllpFrame frame) {
    Receipt receipt = exchange.getProperty(InboxConstants.RECEIPT, Receipt.class);
    if (receipt == null) {
      return Answer.ERROR;
    }
    return frame.problem().isPresent() ? Answer.REJECT : Answer.ACCEPT;
  }
}
