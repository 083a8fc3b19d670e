package org.medseal.ledger.model;

/**
 * Where a record's ciphertext stands. Inline in the block, or as encrypted chunks outside the
 * blocks.
 */
public sealed interface Payload {
  /** In the block, up to the genesis' inline limit. */
  record Inline(Bytes ciphertext) implements Payload {}

  /**
   * Outside the blocks, in chunks of {@link #CHUNK_BYTES} but the last.
   *
   * @param chunkRoot RFC 6962 root over the chunks
   * @param sizeBytes of the ciphertext
   * @param chunkCount at least one
   */
  record Blob(Hash chunkRoot, long sizeBytes, int chunkCount) implements Payload {
    public static final int CHUNK_BYTES = 1 << 20;

    public Blob {
      if (sizeBytes <= 0 || chunkCount != chunks(sizeBytes)) {
        throw new IllegalArgumentException(
            "a blob of " + sizeBytes + " bytes does not have " + chunkCount + " chunks");
      }
    }

    public static int chunks(long sizeBytes) {
      return Math.toIntExact((sizeBytes + CHUNK_BYTES - 1) / CHUNK_BYTES);
    }
  }
}
