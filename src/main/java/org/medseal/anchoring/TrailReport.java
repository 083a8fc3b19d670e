package org.medseal.anchoring;

import java.util.List;
import java.util.Optional;
import org.medseal.audit.AuditTrail;
import org.medseal.ledger.model.Hash;

/**
 * How a trail stands against what the institution said of it on the ledger.
 *
 * @param anchors oldest first
 * @param changed the first entry on disk that may not be the one this node wrote; empty if all are
 *     that were read
 */
public record TrailReport(AuditTrail.Head head, List<Anchor> anchors, Optional<Long> changed) {
  public TrailReport {
    anchors = List.copyOf(anchors);
  }

  /** What an anchor says of the trail. */
  public enum Finding {
    HOLDS,
    /** The trail has no such entry any more: its end was cut off, or an older copy is in use. */
    SHORTER,
    /** The entry there is another than the one anchored: something up to it was changed. */
    DIFFERS
  }

  /**
   * What one transaction on the ledger says of the trail.
   *
   * @param id of the transaction
   * @param head SHA-256 of the entry at that sequence, as it was anchored
   */
  public record Anchor(
      Hash id, long height, long blockTimeMs, long sequence, Hash head, Finding finding) {}

  /** The first anchor that the trail does not bear out. */
  public Optional<Anchor> fault() {
    return anchors.stream().filter(each -> each.finding() != Finding.HOLDS).findFirst();
  }

  public boolean holds() {
    return changed.isEmpty() && fault().isEmpty();
  }

  /** What people are told; nothing of what the entries say. */
  public Optional<String> sentence() {
    return changed.map(TrailReport::words).or(() -> fault().map(TrailReport::words));
  }

  private static String words(long changed) {
    return "the audit trail on disk is not what this node wrote: at or after entry "
        + changed
        + " entries were deleted or replaced";
  }

  private static String words(Anchor fault) {
    String what =
        fault.finding() == Finding.SHORTER
            ? "the audit trail is shorter than the ledger says: entries up to "
                + fault.sequence()
                + " existed"
            : "the audit trail differs from what the ledger says of entry " + fault.sequence();
    return what + " at height " + fault.height() + "; entries were deleted or replaced";
  }
}
