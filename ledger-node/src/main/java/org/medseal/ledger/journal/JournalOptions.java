package org.medseal.ledger.journal;

/**
 * Sizes of a journal.
 *
 * @param fileBytes a file that has reached this is followed by a new one
 * @param maxFrameBytes largest payload; never lowered for a journal that exists
 */
public record JournalOptions(long fileBytes, int maxFrameBytes) {
  public JournalOptions {
    if (fileBytes < 1) {
      throw new IllegalArgumentException("fileBytes must be positive, is " + fileBytes);
    }
    if (maxFrameBytes < 1 || maxFrameBytes > 1 << 30) {
      throw new IllegalArgumentException("maxFrameBytes must be 1 to 2^30, is " + maxFrameBytes);
    }
  }

  /** Files of 64 MiB, frames up to 64 MiB. */
  public static JournalOptions defaults() {
    return new JournalOptions(64L << 20, 64 << 20);
  }
}
