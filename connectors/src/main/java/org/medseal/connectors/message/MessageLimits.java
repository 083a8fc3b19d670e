package org.medseal.connectors.message;

/**
 * Bounds of the store.
 *
 * @param maxMessageBytes largest message taken
 * @param maxOpenMessages high-water mark of messages received and not yet committed
 * @param maxOpenBytes the same in raw bytes
 * @param finishedKept committed messages and non-records remembered, and so known as duplicates
 */
public record MessageLimits(
    int maxMessageBytes, int maxOpenMessages, long maxOpenBytes, int finishedKept) {
  private static final int FRAME_OVERHEAD = 1 << 16;

  public MessageLimits {
    require(maxMessageBytes, "maxMessageBytes");
    require(maxOpenMessages, "maxOpenMessages");
    require(maxOpenBytes, "maxOpenBytes");
    require(finishedKept, "finishedKept");
  }

  /** 32 MiB a message, 100,000 open messages of 4 GiB together, a million finished ones. */
  public static MessageLimits defaults() {
    return new MessageLimits(32 << 20, 100_000, 4L << 30, 1_000_000);
  }

  /** Room for the sealed message, its padding and its head in one journal frame. */
  int maxFrameBytes() {
    return (int) Math.min(1L << 30, maxMessageBytes + maxMessageBytes / 8L + FRAME_OVERHEAD);
  }

  private static void require(long value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be positive, is " + value);
    }
  }
}
