package org.medseal.connectors.message;

import org.medseal.connectors.deidentify.Format;

/**
 * Bounds of the store.
 *
 * @param maxMessageBytes largest message taken of a format that is worked on in memory
 * @param maxOpenMessages high-water mark of messages received and not yet committed
 * @param maxSpooledBytes largest image; what does not fit a frame of the journal lies in the spool
 * @param maxOpenBytes the same in raw bytes
 * @param finishedKept committed messages and non-records remembered
 * @param duplicatesKept finished ones before these of which only the fingerprint is kept
 */
public record MessageLimits(
    int maxMessageBytes,
    long maxSpooledBytes,
    int maxOpenMessages,
    long maxOpenBytes,
    int finishedKept,
    int duplicatesKept) {
  /** Of {@code duplicatesKept}. */
  public static final int MOST_DUPLICATES = 100_000_000;

  private static final int FRAME_OVERHEAD = 1 << 16;
  private static final int DUPLICATES = 4_000_000;

  public MessageLimits {
    require(maxMessageBytes, "maxMessageBytes");
    require(maxSpooledBytes, "maxSpooledBytes");
    require(maxOpenMessages, "maxOpenMessages");
    require(maxOpenBytes, "maxOpenBytes");
    require(finishedKept, "finishedKept");
    if (duplicatesKept < 0 || duplicatesKept > MOST_DUPLICATES) {
      throw new IllegalArgumentException("duplicatesKept must be 0 to " + MOST_DUPLICATES);
    }
  }

  /** As long as an element can be: 4 GiB. */
  private static final long LARGEST_IMAGE = 1L << 32;

  /** 4,000,000 fingerprints. */
  public MessageLimits(
      int maxMessageBytes,
      long maxSpooledBytes,
      int maxOpenMessages,
      long maxOpenBytes,
      int finishedKept) {
    this(maxMessageBytes, maxSpooledBytes, maxOpenMessages, maxOpenBytes, finishedKept, DUPLICATES);
  }

  /** Images up to 4 GiB. */
  public MessageLimits(
      int maxMessageBytes, int maxOpenMessages, long maxOpenBytes, int finishedKept) {
    this(maxMessageBytes, LARGEST_IMAGE, maxOpenMessages, maxOpenBytes, finishedKept);
  }

  public MessageLimits withDuplicatesKept(int number) {
    return new MessageLimits(
        maxMessageBytes, maxSpooledBytes, maxOpenMessages, maxOpenBytes, finishedKept, number);
  }

  /**
   * 32 MiB a message, 4 GiB an image, 100,000 open messages of 16 GiB together, as many finished
   * ones, which take some 600 bytes of memory each, and 4,000,000 fingerprints, which take 27
   * bytes.
   */
  public static MessageLimits defaults() {
    return new MessageLimits(32 << 20, 100_000, 16L << 30, 100_000);
  }

  long mostBytes(Format format) {
    return format == Format.DICOM ? maxSpooledBytes : maxMessageBytes;
  }

  /** Larger ones are spooled. */
  long inJournalBytes(Format format) {
    return format == Format.DICOM ? SpoolStream.IN_JOURNAL_BYTES : maxMessageBytes;
  }

  /** Room for the sealed message, its padding and its head in one journal frame. */
  int maxFrameBytes() {
    long most = Math.max(maxMessageBytes, SpoolStream.IN_JOURNAL_BYTES);
    return (int) Math.min(1L << 30, most + most / 8 + FRAME_OVERHEAD);
  }

  private static void require(long value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be positive, is " + value);
    }
  }
}
