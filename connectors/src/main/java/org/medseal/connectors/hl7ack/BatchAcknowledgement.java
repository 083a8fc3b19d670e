package org.medseal.connectors.hl7ack;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;

/**
 * The envelope around the acknowledgements of a batch (HL7 v2.5.1 chapter 2.10.3.3): FHS and BHS as
 * the sender wrote them, applications swapped, with the sender's control id as reference.
 */
public final class BatchAcknowledgement {
  private BatchAcknowledgement() {}

  /** {@code name} is FHS or BHS, {@code head} the sender's, read as if it were an MSH. */
  public static byte[] opening(String name, Hl7Head head, Instant now) {
    List<String> fields =
        List.of(
            head.field(2),
            head.field(5),
            head.field(6),
            head.field(3),
            head.field(4),
            Acknowledgement.HL7_TIME.format(ZonedDateTime.ofInstant(now, ZoneId.systemDefault())),
            "",
            "",
            "",
            UUID.randomUUID().toString().replace("-", "").substring(0, 20),
            head.field(11));
    String separator = String.valueOf(head.separator());
    return (name + separator + String.join(separator, fields) + "\r").getBytes(head.charset());
  }

  /** {@code name} is FTS or BTS, {@code count} what it closes. */
  public static byte[] closing(String name, Hl7Head head, int count) {
    return (name + head.separator() + count + "\r").getBytes(head.charset());
  }
}
