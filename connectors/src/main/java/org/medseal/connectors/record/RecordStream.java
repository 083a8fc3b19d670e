package org.medseal.connectors.record;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.medseal.connectors.content.BlockInput;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.codec.CodecException.Reason;

/**
 * A record's document as it is read from its clear content. Says end of stream only once the
 * content has ended where the document does; CodecException otherwise. Not thread-safe.
 */
public final class RecordStream extends BlockInput {
  private final InputStream from;
  private final RecordHead.Read read;
  private long left;

  private RecordStream(InputStream from, RecordHead.Read read) {
    this.from = from;
    this.read = read;
    this.left = read.contentBytes();
  }

  /** Reads the head; CodecException if it is none. */
  public static RecordStream open(InputStream clear) throws IOException {
    return new RecordStream(clear, RecordHead.read(clear));
  }

  public RecordHead head() {
    return read.head();
  }

  /** Of the whole document. */
  public long contentBytes() {
    return read.contentBytes();
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, to.length);
    if (length == 0) {
      return 0;
    }
    if (left == 0) {
      if (from.read() >= 0) {
        throw new CodecException(Reason.TRAILING_BYTES, "bytes after the end of the document");
      }
      return -1;
    }
    int count = from.read(to, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new CodecException(Reason.TRUNCATED, left + " bytes of the document are missing");
    }
    left -= count;
    return count;
  }

  @Override
  public void close() throws IOException {
    from.close();
  }
}
