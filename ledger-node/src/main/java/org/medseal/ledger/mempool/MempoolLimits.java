package org.medseal.ledger.mempool;

/**
 * What a mempool holds at most.
 *
 * @param maxBytes of all transactions together
 * @param maxTransactionBytes of one
 */
public record MempoolLimits(int maxCount, long maxBytes, int maxTransactionBytes) {
  public MempoolLimits {
    if (maxCount < 1 || maxTransactionBytes < 1 || maxBytes < maxTransactionBytes) {
      throw new IllegalArgumentException(
          "mempool limits must be positive and hold one transaction of full size");
    }
  }

  /** 20,000 transactions, 64 MiB, or one transaction if that is more. */
  public static MempoolLimits defaults(int maxTransactionBytes) {
    return new MempoolLimits(20_000, Math.max(64L << 20, maxTransactionBytes), maxTransactionBytes);
  }
}
