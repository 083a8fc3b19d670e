package org.medseal.crypto.aead;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.Objects;

/**
 * Opens an unpadded stream of segments from any byte on. A file cut short fails at its new last
 * segment, so whoever reads only a part of it compares its length with what it should be. Not
 * thread-safe.
 */
final class SeekingStream extends InputStream {
  private static final int FIRST = SegmentCipher.SEGMENT - SegmentCipher.HEADER - SegmentCipher.TAG;
  private static final int EACH = SegmentCipher.SEGMENT - SegmentCipher.TAG;

  private final SeekableByteChannel from;
  private final SegmentCipher cipher;
  private final long sealedBytes;
  private final long plainBytes;
  private final byte[] sealed = new byte[SegmentCipher.SEGMENT];
  private final byte[] plain = new byte[SegmentCipher.SEGMENT];
  private long position;
  private long opened = -1;

  private SeekingStream(SeekableByteChannel from, SegmentCipher cipher, long sealedBytes) {
    this.from = from;
    this.cipher = cipher;
    this.sealedBytes = sealedBytes;
    this.plainBytes = plainBytes(sealedBytes);
  }

  static SeekingStream open(
      OpeningStream.CipherFactory ciphers, SeekableByteChannel from, long offset)
      throws IOException {
    byte[] header = new byte[SegmentCipher.HEADER];
    from.position(0);
    if (!fill(from, header, header.length) || header[0] != SegmentCipher.HEADER) {
      throw SegmentCipher.notAuthentic();
    }
    SeekingStream stream = new SeekingStream(from, ciphers.forHeader(header), from.size());
    stream.position = Objects.checkFromToIndex(offset, stream.plainBytes, stream.plainBytes);
    return stream;
  }

  /** Of the plaintext in so many bytes of header and segments; 0 if they hold none. */
  static long plainBytes(long sealedBytes) {
    long segments = (sealedBytes + SegmentCipher.SEGMENT - 1) / SegmentCipher.SEGMENT;
    return Math.max(0, sealedBytes - SegmentCipher.HEADER - segments * SegmentCipher.TAG);
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
    if (position >= plainBytes) {
      openLast();
      return -1;
    }
    long segment = position < FIRST ? 0 : 1 + (position - FIRST) / EACH;
    open(segment);
    long start = segment == 0 ? 0 : FIRST + (segment - 1) * EACH;
    int within = (int) (position - start);
    int take = Math.min(length, (segment == 0 ? FIRST : EACH) - within);
    take = (int) Math.min(take, plainBytes - position);
    System.arraycopy(plain, within, to, offset, take);
    position += take;
    return take;
  }

  /** Without it, an empty stream or one cut to nothing would pass for whole. */
  private void openLast() throws IOException {
    open((sealedBytes - 1) / SegmentCipher.SEGMENT);
  }

  private void open(long segment) throws IOException {
    if (segment == opened) {
      return;
    }
    opened = -1;
    long start = segment == 0 ? SegmentCipher.HEADER : segment * SegmentCipher.SEGMENT;
    long end = Math.min(sealedBytes, (segment + 1) * SegmentCipher.SEGMENT);
    int length = (int) (end - start);
    from.position(start);
    if (!fill(from, sealed, length)) {
      throw SegmentCipher.notAuthentic();
    }
    cipher.turnTo(segment);
    cipher.open(end == sealedBytes, sealed, 0, length, plain, 0);
    opened = segment;
  }

  private static boolean fill(SeekableByteChannel from, byte[] to, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(to, 0, length);
    while (buffer.hasRemaining()) {
      if (from.read(buffer) < 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public long skip(long count) {
    long skipped = Math.max(0, Math.min(count, plainBytes - position));
    position += skipped;
    return skipped;
  }

  @Override
  public void close() throws IOException {
    Arrays.fill(plain, (byte) 0);
    opened = -1;
    from.close();
  }
}
