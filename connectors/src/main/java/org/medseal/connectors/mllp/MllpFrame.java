package org.medseal.connectors.mllp;

import java.nio.charset.Charset;
import java.util.Optional;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.hl7ack.Hl7Head;
import org.medseal.connectors.message.Incoming;

/**
 * What stood between the marks, byte for byte, or what could not be framed.
 *
 * @param head MSH as read, if there is one
 * @param part where the frame held several messages, which of them this is
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, up to 16 MiB
public record MllpFrame(
    byte[] raw, Optional<Hl7Head> head, Optional<MllpDefect> problem, Optional<BatchPart> part)
    implements Incoming {

  static MllpFrame message(byte[] raw, Optional<Charset> charset) {
    Optional<Hl7Head> head = Hl7Head.read(raw, charset);
    return new MllpFrame(raw, head, problemOf(head), Optional.empty());
  }

  private static Optional<MllpDefect> problemOf(Optional<Hl7Head> head) {
    if (head.isEmpty()) {
      return Optional.of(MllpDefect.NO_HEAD);
    }
    boolean typed = !head.get().component(9, 1).isBlank();
    return typed ? Optional.empty() : Optional.of(MllpDefect.NO_TYPE);
  }

  static MllpFrame broken(MllpDefect problem, byte[] raw) {
    return new MllpFrame(raw, Hl7Head.read(raw), Optional.of(problem), Optional.empty());
  }

  MllpFrame asPart(BatchPart place) {
    return new MllpFrame(raw, head, problem, Optional.of(place));
  }

  @Override
  public Optional<String> controlId() {
    return head.flatMap(Hl7Head::controlId);
  }

  @Override
  public Optional<QuarantineReason> defect() {
    return problem.map(MllpDefect::reason);
  }

  @Override
  public String toString() {
    return "MllpFrame[" + raw.length + " bytes" + problem.map(p -> ", " + p).orElse("") + "]";
  }
}
