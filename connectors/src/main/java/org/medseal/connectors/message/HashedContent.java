package org.medseal.connectors.message;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.medseal.connectors.content.Content;
import org.medseal.ledger.model.Bytes;

/** Whose SHA-256 was taken while it arrived. */
record HashedContent(Content content, Bytes sha256) implements Content {
  @Override
  public long sizeBytes() {
    return content.sizeBytes();
  }

  @Override
  public InputStream open(long offset) throws IOException {
    return content.open(offset);
  }

  @Override
  public byte[] bytes() {
    return content.bytes();
  }

  @Override
  public ByteBuffer buffer() {
    return content.buffer();
  }
}
