package org.medseal.ledger.api;

import java.io.InputStream;
import org.medseal.ledger.model.Payload;

/** Refuses everything. */
final class NoBlobs implements Blobs {
  static final NoBlobs INSTANCE = new NoBlobs();

  private NoBlobs() {}

  @Override
  public BlobSink create() {
    throw refused();
  }

  @Override
  public InputStream open(Payload.Blob blob) {
    throw refused();
  }

  @Override
  public BlobStatus status() {
    return BlobStatus.NONE;
  }

  private static BlobException refused() {
    return new BlobException(BlobException.Reason.UNAVAILABLE, "no chunks are kept here");
  }
}
