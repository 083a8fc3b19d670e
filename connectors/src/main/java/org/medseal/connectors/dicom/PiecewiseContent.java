package org.medseal.connectors.dicom;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.medseal.connectors.content.BlockInput;
import org.medseal.connectors.content.Content;

/**
 * A file that is put together while it is read: headers and short values on the heap, long values
 * from where they lie.
 */
final class PiecewiseContent implements Content {
  /** Gathers a file as it is written. */
  static final class Builder {
    /** What lies elsewhere and is longer is not brought to the heap. */
    private static final int LONGEST_FETCHED = 64;

    private final List<Piece> pieces = new ArrayList<>();
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** {@link DatasetWriter.Sink}. */
    void value(BulkData value, int wordBytes) throws IOException {
      long longest =
          value instanceof MemoryBulkData ? ReferringStore.LONGEST_ON_HEAP : LONGEST_FETCHED;
      if (value.lengthBytes() > longest) {
        cut();
        pieces.add(new Piece(value, wordBytes));
      } else {
        try (InputStream in = DatasetWriter.words(value, wordBytes)) {
          in.transferTo(bytes);
        }
      }
    }

    private void cut() {
      if (bytes.size() > 0) {
        pieces.add(new Piece(MemoryBulkData.of(bytes.toByteArray()), 1));
        bytes.reset();
      }
    }

    PiecewiseContent build() {
      cut();
      return new PiecewiseContent(pieces);
    }
  }

  private record Piece(BulkData value, int wordBytes) {
    long lengthBytes() {
      return value.lengthBytes();
    }

    InputStream open() throws IOException {
      return DatasetWriter.words(value, wordBytes);
    }
  }

  private final List<Piece> pieces;
  private final long sizeBytes;

  private PiecewiseContent(List<Piece> pieces) {
    this.pieces = List.copyOf(pieces);
    this.sizeBytes = pieces.stream().mapToLong(Piece::lengthBytes).sum();
  }

  @Override
  public long sizeBytes() {
    return sizeBytes;
  }

  @Override
  public InputStream open(long offset) throws IOException {
    Objects.checkFromToIndex(offset, sizeBytes, sizeBytes);
    InputStream in = new Joined();
    in.skipNBytes(offset);
    return in;
  }

  @Override
  public String toString() {
    return sizeBytes + " bytes in " + pieces.size() + " pieces";
  }

  private final class Joined extends BlockInput {
    private InputStream current = new ByteArrayInputStream(new byte[0]);
    private long currentLeft;
    private int next;

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      while (currentLeft == 0) {
        if (next == pieces.size()) {
          return -1;
        }
        turn();
      }
      int count = current.read(to, offset, (int) Math.min(length, currentLeft));
      if (count < 0) {
        throw new IOException("a value is shorter than it was");
      }
      currentLeft -= count;
      return count;
    }

    private void turn() throws IOException {
      current.close();
      Piece piece = pieces.get(next++);
      current = piece.open();
      currentLeft = piece.lengthBytes();
    }

    /** Whole pieces are not even opened. */
    @Override
    public long skip(long count) throws IOException {
      long left = count;
      while (left > 0) {
        if (currentLeft == 0) {
          if (next == pieces.size()) {
            break;
          }
          long length = pieces.get(next).lengthBytes();
          if (length <= left) {
            left -= length;
            next++;
            continue;
          }
          turn();
        }
        long skipped = Math.min(left, currentLeft);
        current.skipNBytes(skipped);
        currentLeft -= skipped;
        left -= skipped;
      }
      return Math.max(0, count - left);
    }

    @Override
    public void close() throws IOException {
      current.close();
    }
  }
}
