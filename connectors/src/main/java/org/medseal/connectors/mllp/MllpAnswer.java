package org.medseal.connectors.mllp;

import java.io.ByteArrayOutputStream;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.medseal.connectors.hl7ack.Acknowledgement;
import org.medseal.connectors.hl7ack.Answer;
import org.medseal.connectors.hl7ack.BatchAcknowledgement;
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
    boolean closing = frame.problem().filter(MllpDefect::isClosing).isPresent();
    byte[] message = inEnvelope(frame, reply.orElse(new byte[0]));
    boolean more = frame.part().filter(part -> !part.isLast()).isPresent();
    exchange.getMessage().setBody(new MllpReply(message, closing, more));
  }

  /** Around the answers to a batch stands what stood around its messages. */
  private byte[] inEnvelope(MllpFrame frame, byte[] answer) {
    if (frame.part().isEmpty()) {
      return answer;
    }
    BatchPart part = frame.part().get();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (part.isFirst()) {
      part.file().ifPresent(h -> out.writeBytes(opening("FHS", h)));
      part.batch().ifPresent(h -> out.writeBytes(opening("BHS", h)));
    }
    out.writeBytes(answer);
    if (part.isLast()) {
      int batches = part.batch().isPresent() ? 1 : 0;
      part.batch()
          .ifPresent(h -> out.writeBytes(BatchAcknowledgement.closing("BTS", h, part.messages())));
      part.file().ifPresent(h -> out.writeBytes(BatchAcknowledgement.closing("FTS", h, batches)));
    }
    return out.toByteArray();
  }

  private byte[] opening(String name, Hl7Head head) {
    return BatchAcknowledgement.opening(name, head, clock.instant());
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
