package org.medseal.ledger.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Layout of a frame: u32 payload length | u32 CRC-32C | u8 type | u64 durable | payload, big
 * endian.
 *
 * <p>{@code durable} is the position up to which the journal was synced when the frame was written.
 * An intact frame thus vouches for what lies before that position: damage there is damage, while
 * damage behind every such mark is what a crash leaves of writes nobody was promised. The CRC also
 * covers the frame's position, so that old blocks of the disk never pass for frames.
 */
final class FrameCodec {
  static final int HEAD_BYTES = 17;

  /** Written on an orderly close; callers never see it. */
  static final int TYPE_CLOSED = 0;

  private FrameCodec() {}

  record Head(int length, int crc, int type, long durable) {
    static Head of(byte[] bytes) {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      return new Head(in.getInt(), in.getInt(), in.get() & 0xff, in.getLong());
    }

    boolean isPlausible(long position, int maxPayload, long remaining) {
      return length >= 0
          && length <= maxPayload
          && length <= remaining - HEAD_BYTES
          && durable >= 0
          && durable <= position;
    }
  }

  static byte[] encode(long position, int type, long durable, byte[] payload) {
    return head(ByteBuffer.allocate(HEAD_BYTES + payload.length), position, type, durable, payload)
        .put(payload)
        .array();
  }

  /** What stands before the payload. */
  static byte[] head(long position, int type, long durable, byte[] payload) {
    return head(ByteBuffer.allocate(HEAD_BYTES), position, type, durable, payload).array();
  }

  private static ByteBuffer head(
      ByteBuffer to, long position, int type, long durable, byte[] payload) {
    return to.putInt(payload.length)
        .putInt(crc(position, payload.length, type, durable, payload))
        .put((byte) type)
        .putLong(durable);
  }

  static boolean isIntact(long position, Head head, byte[] payload) {
    return head.crc() == crc(position, payload.length, head.type(), head.durable(), payload);
  }

  private static int crc(long position, int length, int type, long durable, byte[] payload) {
    CRC32C crc = new CRC32C();
    crc.update(
        ByteBuffer.allocate(21)
            .putLong(position)
            .putInt(length)
            .put((byte) type)
            .putLong(durable)
            .flip());
    crc.update(payload);
    return (int) crc.getValue();
  }
}
