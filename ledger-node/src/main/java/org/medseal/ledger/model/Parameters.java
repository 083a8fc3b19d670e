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
 * @param maxBlockRecords most anonymous records of a block: bounds what verifying a lying
 *     proposer's block costs everybody, since each carries a group signature
 */
public record Parameters(
    int smallestAnonymitySet,
    int stakeCapPercent,
    int inlineLimitBytes,
    int maxBlockBytes,
    int maxExpiryBlocks,
    int epochGraceBlocks,
    StakeParameters stake,
    BlobParameters blobs,
    int maxBlockRecords) {
  /** About a second of one processor's group signature checks. */
  public static final int STANDARD_BLOCK_RECORDS = 512;

  /** Standard rules for stake and blobs, standard bound of records. */
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
        BlobParameters.DEFAULT,
        STANDARD_BLOCK_RECORDS);
  }

  /** With other rules for stake. */
  public Parameters with(int capPercent, StakeParameters rules) {
    return new Parameters(
        smallestAnonymitySet,
        capPercent,
        inlineLimitBytes,
        maxBlockBytes,
        maxExpiryBlocks,
        epochGraceBlocks,
        rules,
        blobs,
        maxBlockRecords);
  }
}
