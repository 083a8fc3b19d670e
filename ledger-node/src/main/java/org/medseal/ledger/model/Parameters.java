package org.medseal.ledger.model;

/**
 * Consortium parameters, part of the genesis.
 *
 * @param smallestAnonymitySet members an epoch must have before anyone signs in it; 0 below four
 *     institutions
 * @param stakeCapPercent most of the total stake one institution may hold; 0 below four
 *     institutions
 * @param inlineLimitBytes largest ciphertext inside a block
 * @param maxBlockBytes most transaction bytes of a block
 * @param maxExpiryBlocks how far ahead an expiry height may lie
 * @param epochGraceBlocks blocks for which the epoch before the current one still counts
 */
public record Parameters(
    int smallestAnonymitySet,
    int stakeCapPercent,
    int inlineLimitBytes,
    int maxBlockBytes,
    int maxExpiryBlocks,
    int epochGraceBlocks,
    StakeParameters stake,
    BlobParameters blobs) {
  /** Standard rules for stake and blobs. */
  public Parameters(
      int smallestAnonymitySet,
      int stakeCapPercent,
      int inlineLimitBytes,
      int maxBlockBytes,
      int maxExpiryBlocks,
      int epochGraceBlocks) {
    this(
        smallestAnonymitySet,
        stakeCapPercent,
        inlineLimitBytes,
        maxBlockBytes,
        maxExpiryBlocks,
        epochGraceBlocks,
        StakeParameters.DEFAULT,
        BlobParameters.DEFAULT);
  }
}
