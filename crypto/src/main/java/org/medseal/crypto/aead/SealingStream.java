package org.medseal.crypto.aead;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * Seals what is written, segment by segment; {@link #close()} pads if need be, writes the last
 * segment and closes the stream below. After a failed write close completes nothing. Not
 * thread-safe.
 */
final class SealingStream extends OutputStream {
  private static final int FIRST_BUFFER = 4 << 10;

  private final OutputStream to;
  private final SegmentCipher cipher;
  private final byte[] header;
  private final boolean padded;
  private byte[] buffer = new byte[FIRST_BUFFER];
  private byte[] sealed = new byte[0];
  private int filled;
  private long total;
  private boolean headerWritten;
  private boolean done;

  private SealingStream(SegmentCipher cipher, byte[] header, boolean padded, OutputStream to) {
    this.cipher = cipher;
    this.padded = padded;
    this.header = header;
    this.to = to;
  }

  static SealingStream padded(SegmentCipher cipher, byte[] header, OutputStream to) {
    return new SealingStream(cipher, header, true, to);
  }

  /** Its length tells the plaintext's: for what stays on this disk. */
  static SealingStream unpadded(SegmentCipher cipher, byte[] header, OutputStream to) {
    return new SealingStream(cipher, header, false, to);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, from.length);
    if (done) {
      throw new IOException("stream is closed");
    }
    append(from, offset, length);
    total += length;
  }

  private void append(byte[] from, int offset, int length) throws IOException {
    int at = offset;
    int left = length;
    while (left > 0) {
      // A full segment is held back until more arrives: only then is it known not to be the last.
      if (filled == cipher.capacity()) {
        flushSegment(false);
      }
      int take = Math.min(left, cipher.capacity() - filled);
      makeRoom(filled + take);
      System.arraycopy(from, at, buffer, filled, take);
      filled += take;
      at += take;
      left -= take;
    }
  }

  /** Most records are far smaller than a segment. */
  private void makeRoom(int needed) {
    if (needed > buffer.length) {
      byte[] old = buffer;
      buffer =
          Arrays.copyOf(old, Math.min(SegmentCipher.SEGMENT, Math.max(needed, 2 * old.length)));
      Arrays.fill(old, (byte) 0);
    }
  }

  private void flushSegment(boolean last) throws IOException {
    boolean written = false;
    try {
      if (!headerWritten) {
        to.write(header);
        headerWritten = true;
      }
      if (sealed.length < filled + SegmentCipher.TAG) {
        sealed = new byte[filled + SegmentCipher.TAG];
      }
      int length = cipher.seal(last, buffer, 0, filled, sealed, 0);
      to.write(sealed, 0, length);
      filled = 0;
      written = true;
    } finally {
      if (!written) {
        done = true;
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (OutputStream below = to) {
      if (!done) {
        if (padded) {
          pad();
        }
        flushSegment(true);
        below.flush();
      }
    } finally {
      done = true;
      Arrays.fill(buffer, (byte) 0);
    }
  }

  private void pad() throws IOException {
    long padding = Padding.paddedLength(total) - total;
    append(new byte[] {Padding.MARKER}, 0, 1);
    byte[] zeros = new byte[(int) Math.min(padding, SegmentCipher.SEGMENT)];
    for (long left = padding - 1; left > 0; left -= Math.min(left, zeros.length)) {
      append(zeros, 0, (int) Math.min(left, zeros.length));
    }
  }
}
