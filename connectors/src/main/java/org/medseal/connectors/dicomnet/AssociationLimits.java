package org.medseal.connectors.dicomnet;

/**
 * Bounds of a server.
 *
 * @param maxPduBytes longest P-DATA-TF taken, after its head; what the peer is told
 * @param maxAssociations at once; further ones are rejected for now
 * @param maxObjectBytes longest data set; beyond it the association is aborted
 */
public record AssociationLimits(int maxPduBytes, int maxAssociations, long maxObjectBytes) {
  /** No implementation takes less (PS3.8 annex D.1 leaves it open). */
  static final int LEAST_PDU_BYTES = 4096;

  private static final int MOST_PDU_BYTES = 16 << 20;

  public AssociationLimits {
    if (maxPduBytes < LEAST_PDU_BYTES || maxPduBytes > MOST_PDU_BYTES) {
      throw new IllegalArgumentException(
          "maxPduBytes must be from 4096 to 16777216, is " + maxPduBytes);
    }
    if (maxAssociations < 1 || maxObjectBytes < 1) {
      throw new IllegalArgumentException("maxAssociations and maxObjectBytes must be positive");
    }
  }

  /** 256 KiB, 64 at once, 8 GiB. */
  public static AssociationLimits defaults() {
    return new AssociationLimits(256 << 10, 64, 8L << 30);
  }
}
