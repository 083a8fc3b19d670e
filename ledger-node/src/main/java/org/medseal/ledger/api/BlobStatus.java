package org.medseal.ledger.api;

import java.util.List;

/**
 * What this node keeps outside the blocks, since it started where it counts events.
 *
 * @param kept blobs here whole, on the ledger or not yet
 * @param room what is set aside for them, and what is left
 * @param missing blobs on the ledger that this node is to keep and does not have yet
 * @param incoming being taken in
 * @param outgoing own ones on their way to the replicas
 * @param relayed others' on their way to the replicas, for a while
 * @param repaired chunks replaced after damage
 */
public record BlobStatus(
    long kept,
    Room room,
    long missing,
    long incoming,
    long outgoing,
    long relayed,
    long damaged,
    long repaired,
    List<Challenged> challenged) {
  public static final BlobStatus NONE = new BlobStatus(0, Room.NONE, 0, 0, 0, 0, 0, 0, List.of());

  public BlobStatus {
    challenged = List.copyOf(challenged);
  }

  /**
   * Bytes for others' blobs: set aside, of how many, and of the disk free and reserved. Below the
   * reserve nothing of others is taken in.
   */
  public record Room(long keptBytes, long quotaBytes, long diskFreeBytes, long diskReserveBytes) {
    static final Room NONE = new Room(0, 0, 0, 0);
  }

  /** How an institution's node answered when asked to show a chunk chosen by a block's hash. */
  public record Challenged(String institution, long asked, long answered) {}
}
