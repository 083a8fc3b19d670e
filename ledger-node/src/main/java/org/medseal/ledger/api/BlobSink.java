package org.medseal.ledger.api;

import java.io.OutputStream;
import org.medseal.ledger.model.Payload;

/**
 * Takes the ciphertext of one payload onto the disk. Closing without {@link #finish} forgets it.
 * Not for use by several threads.
 */
public abstract class BlobSink extends OutputStream {
  /** All of it is durable when this returns; an empty one is refused. */
  public abstract Payload.Blob finish();

  /** After {@link #finish}: no record will name it, so it goes at once. */
  public abstract void discard();
}
