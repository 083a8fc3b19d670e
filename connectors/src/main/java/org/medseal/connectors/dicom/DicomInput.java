package org.medseal.connectors.dicom;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.medseal.connectors.content.BlockInput;

/** Counts what is read, ends early input with TRUNCATED, and allocates only for bytes that came. */
final class DicomInput {
  private final InputStream in;
  private final long capBytes;
  private long position;

  DicomInput(InputStream in, long capBytes) {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.capBytes = capBytes;
  }

  /** Bytes read so far. */
  long position() {
    return position;
  }

  /** Up to {@code count} bytes, fewer at the end; they remain to be read. */
  byte[] peek(int count) throws IOException {
    in.mark(count);
    try {
      return in.readNBytes(count);
    } catch (EOFException e) {
      throw truncated();
    } catch (ZipException e) {
      throw corrupt(e);
    } finally {
      in.reset();
    }
  }

  boolean atEnd() throws IOException {
    return peek(1).length == 0;
  }

  /** For headers only: {@code count} is a constant of the caller, never a declared length. */
  byte[] exactly(int count) throws IOException {
    byte[] bytes = value(count).readNBytes(count);
    if (bytes.length < count) {
      throw truncated();
    }
    return bytes;
  }

  int u16(boolean bigEndian) throws IOException {
    byte[] two = exactly(2);
    int first = two[0] & 0xFF;
    int second = two[1] & 0xFF;
    return bigEndian ? first << 8 | second : second << 8 | first;
  }

  long u32(boolean bigEndian) throws IOException {
    long first = u16(bigEndian);
    long second = u16(bigEndian);
    return bigEndian ? first << 16 | second : second << 16 | first;
  }

  /** Past bytes that nobody wants to see now; TRUNCATED where they do not come. */
  void skip(long length) throws IOException {
    if (position + length > capBytes) {
      throw tooLarge();
    }
    try {
      in.skipNBytes(length);
    } catch (EOFException e) {
      throw truncated();
    } catch (ZipException e) {
      throw corrupt(e);
    }
    position += length;
  }

  /** The next {@code length} bytes as a stream; it fails with TRUNCATED where they do not come. */
  InputStream value(long length) {
    return new Value(length);
  }

  /** All that is left, counted against the cap. */
  InputStream rest() {
    return new BlockInput() {
      @Override
      public int read(byte[] to, int offset, int length) throws IOException {
        return readSome(to, offset, length);
      }
    };
  }

  private int readSome(byte[] to, int offset, int length) throws IOException {
    int count;
    try {
      count = in.read(to, offset, length);
    } catch (EOFException e) {
      throw truncated();
    } catch (ZipException e) {
      throw corrupt(e);
    }
    if (count > 0) {
      position += count;
      if (position > capBytes) {
        throw tooLarge();
      }
    }
    return count;
  }

  private DicomException tooLarge() {
    return new DicomException(DicomException.Reason.TOO_LARGE, "more than " + capBytes + " bytes");
  }

  private DicomException truncated() {
    return new DicomException(
        DicomException.Reason.TRUNCATED, "the bytes end at offset " + position);
  }

  private DicomException corrupt(ZipException cause) {
    return new DicomException(
        DicomException.Reason.MALFORMED, "deflated stream broken at offset " + position, cause);
  }

  private final class Value extends BlockInput {
    private long left;

    Value(long length) {
      this.left = length;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (left == 0 || length == 0) {
        return left == 0 ? -1 : 0;
      }
      int count = readSome(to, offset, (int) Math.min(length, left));
      if (count < 0) {
        throw truncated();
      }
      left -= count;
      return count;
    }
  }
}
