package org.medseal.ledger.model;

/**
 * How payloads above the inline limit are kept outside the blocks.
 *
 * @param replicas validators that keep a blob: the first ones by rendezvous hash of its chunk root
 * @param receipts of different replicas that must stand in the block beside the record; all of the
 *     replicas if there are fewer
 * @param quotaBytes most bytes of other institutions' blobs and its own one node keeps
 * @param challengeBlocks how often replicas are challenged
 */
public record BlobParameters(int replicas, int receipts, long quotaBytes, int challengeBlocks) {
  public static final BlobParameters DEFAULT = new BlobParameters(4, 3, 1L << 40, 1_000);

  private static final int SHARES = 8;

  /**
   * Largest blob, and most bytes one peer may have on another node before records name them:
   * whoever offers chunks fills no more than this part of the quota.
   */
  public long largestBytes() {
    return quotaBytes / SHARES;
  }
}
