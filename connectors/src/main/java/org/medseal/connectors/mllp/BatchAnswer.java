package org.medseal.connectors.mllp;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Optional;
import org.medseal.connectors.hl7ack.BatchAcknowledgement;
import org.medseal.connectors.hl7ack.Hl7Head;

/**
 * The answer to a frame of several messages as it grows, part by part in their order: around the
 * answers to a batch stands what stood around its messages, and nothing where there is no answer.
 */
public final class BatchAnswer {
  private final Optional<Hl7Head> file;
  private Optional<Hl7Head> open = Optional.empty();
  private boolean begun;
  private int answered;
  private int batches;

  /** {@code file} is the frame's FHS, read as if it were an MSH. */
  BatchAnswer(Optional<Hl7Head> file) {
    this.file = file;
  }

  /** What is written for this part, whose {@code reply} may be empty. */
  synchronized byte[] next(BatchPart part, byte[] reply, Instant now) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (reply.length > 0) {
      begin(part.batch(), out, now);
      out.writeBytes(reply);
      answered++;
    }
    if (part.isLast() && begun) {
      endBatch(out);
      file.ifPresent(h -> out.writeBytes(BatchAcknowledgement.closing("FTS", h, batches)));
    }
    return out.toByteArray();
  }

  private void begin(Optional<Hl7Head> batch, ByteArrayOutputStream out, Instant now) {
    if (!begun) {
      begun = true;
      file.ifPresent(h -> out.writeBytes(BatchAcknowledgement.opening("FHS", h, now)));
    }
    if (!open.equals(batch)) {
      endBatch(out);
      open = batch;
      batch.ifPresent(h -> out.writeBytes(BatchAcknowledgement.opening("BHS", h, now)));
    }
  }

  private void endBatch(ByteArrayOutputStream out) {
    open.ifPresent(
        h -> {
          out.writeBytes(BatchAcknowledgement.closing("BTS", h, answered));
          batches++;
        });
    open = Optional.empty();
    answered = 0;
  }
}
