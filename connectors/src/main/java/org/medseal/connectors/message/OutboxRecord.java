package org.medseal.connectors.message;

import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;

/**
 * A sealed record in the outbox.
 *
 * @param expiryHeight last height at which the ledger may include it
 * @param epoch group epoch it was signed in
 * @param height where it was committed; 0 before
 * @param retired can no longer be committed, for its time has passed; to be sealed anew
 */
public record OutboxRecord(
    Hash txId,
    Bytes patientKey,
    long sequence,
    long expiryHeight,
    int epoch,
    long height,
    boolean retired) {
  public boolean isCommitted() {
    return height > 0;
  }

  /** May still be committed. */
  public boolean isLive() {
    return !retired && !isCommitted();
  }

  OutboxRecord committedAt(long newHeight) {
    return new OutboxRecord(txId, patientKey, sequence, expiryHeight, epoch, newHeight, false);
  }

  OutboxRecord retire() {
    return isCommitted()
        ? this
        : new OutboxRecord(txId, patientKey, sequence, expiryHeight, epoch, height, true);
  }
}
