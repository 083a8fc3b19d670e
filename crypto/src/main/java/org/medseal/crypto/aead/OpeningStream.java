package org.medseal.crypto.aead;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.medseal.crypto.CryptoException;

/**
 * Releases each segment once it is verified, and says end of stream only after the last segment and
 * the padding were. A failure repeats on every later read. Not thread-safe.
 */
final class OpeningStream extends InputStream {
  private final InputStream from;
  private final CipherFactory ciphers;
  private final byte[] sealed = new byte[SegmentCipher.SEGMENT + 1];
  private final byte[] plain = new byte[SegmentCipher.SEGMENT];
  private final HeldPadding held = new HeldPadding();
  private SegmentCipher cipher;
  private int carried;
  private int at;
  private int end;
  private boolean lastSeen;
  private CryptoException failure;

  /** Makes the cipher once the stream's own header has been read. */
  interface CipherFactory {
    SegmentCipher forHeader(byte[] header);
  }

  OpeningStream(CipherFactory ciphers, InputStream from) {
    this.ciphers = ciphers;
    this.from = from;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, to.length);
    if (length == 0) {
      return 0;
    }
    if (failure != null) {
      throw failure;
    }
    try {
      return readVerified(to, offset, length);
    } catch (CryptoException e) {
      failure = e;
      Arrays.fill(plain, (byte) 0);
      throw e;
    }
  }

  private int readVerified(byte[] to, int offset, int length) throws IOException {
    while (true) {
      int released = held.release(to, offset, length);
      if (released > 0) {
        return released;
      }
      if (at < end) {
        int take = Math.min(length, end - at);
        System.arraycopy(plain, at, to, offset, take);
        at += take;
        held.countReleased(take);
        return take;
      }
      if (lastSeen) {
        held.requireCanonical();
        return -1;
      }
      nextSegment();
    }
  }

  private void nextSegment() throws IOException {
    if (cipher == null) {
      byte[] header = from.readNBytes(SegmentCipher.HEADER);
      if (header.length != SegmentCipher.HEADER || header[0] != SegmentCipher.HEADER) {
        throw SegmentCipher.notAuthentic();
      }
      cipher = ciphers.forHeader(header);
    }
    int capacity = cipher.ciphertextCapacity();
    // One byte more than a segment tells whether this is the last one.
    int filled = carried + from.readNBytes(sealed, carried, capacity + 1 - carried);
    boolean last = filled <= capacity;
    int opened = cipher.open(last, sealed, 0, Math.min(filled, capacity), plain, 0);
    sealed[0] = sealed[capacity];
    carried = last ? 0 : 1;
    lastSeen = last;
    at = 0;
    end = held.hold(plain, opened);
  }

  @Override
  public void close() throws IOException {
    Arrays.fill(plain, (byte) 0);
    at = 0;
    end = 0;
    if (failure == null) {
      failure =
          new CryptoException(CryptoException.Reason.IO, "sealed stream was closed before its end");
    }
    from.close();
  }
}
