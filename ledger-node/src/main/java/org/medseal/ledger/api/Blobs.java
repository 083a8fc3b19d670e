package org.medseal.ledger.api;

import java.io.InputStream;
import org.medseal.ledger.model.Payload;

/**
 * Payloads outside the blocks: ciphertext in, ciphertext out, neither ever whole in memory. All
 * calls from any thread; {@link BlobException}.
 */
public interface Blobs {
  /**
   * A new blob to be filled. Nothing of it is sent before a record that names it is submitted; what
   * no record on the ledger names once its time has passed is deleted.
   */
  BlobSink create();

  /**
   * From the start. Chunks this node does not keep come from the replicas as they are read; each is
   * checked against the root before any byte of it is released.
   */
  InputStream open(Payload.Blob blob);

  BlobStatus status();

  /** Of a ledger without chunks. */
  static Blobs none() {
    return NoBlobs.INSTANCE;
  }
}
