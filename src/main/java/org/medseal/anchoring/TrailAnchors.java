package org.medseal.anchoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medseal.anchoring.TrailReport.Anchor;
import org.medseal.anchoring.TrailReport.Finding;
import org.medseal.audit.AuditTrail;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.InstitutionTransaction;

/**
 * Compares an institution's trail with all its anchors, the oldest included. An anchor that held
 * and an entry that was read again are not looked at twice, but when all is asked for. Any thread.
 */
public final class TrailAnchors {
  private final AuditTrail trail;
  private final Anchored anchored;

  /** The anchors from the oldest on that held, in ledger order. */
  private final List<Anchor> held = new ArrayList<>();

  /** The institution's anchors in ledger order. */
  public interface Anchored {
    List<CommittedTransaction> anchors();
  }

  public TrailAnchors(AuditTrail trail, Anchored anchored) {
    this.trail = trail;
    this.anchored = anchored;
  }

  /** What came since the last report is read and compared; the rest is as it was found then. */
  public synchronized TrailReport report() {
    return report(trail.rereadNew());
  }

  /** All entries are read from disk again, and all anchors compared. */
  public synchronized TrailReport reportOfAll() {
    held.clear();
    return report(trail.rereadAll());
  }

  private TrailReport report(Optional<Long> changed) {
    List<CommittedTransaction> all = anchored.anchors();
    long sound = changed.orElse(Long.MAX_VALUE);
    int known = 0;
    while (known < Math.min(held.size(), all.size())
        && isStill(held.get(known), all.get(known), sound)) {
      known++;
    }
    held.subList(known, held.size()).clear();
    List<Anchor> found = new ArrayList<>(held);
    for (CommittedTransaction each : all.subList(known, all.size())) {
      Anchor anchor = anchor(each, sound);
      found.add(anchor);
      if (anchor.finding() == Finding.HOLDS && held.size() == found.size() - 1) {
        held.add(anchor);
      }
    }
    return new TrailReport(trail.head(), found, changed);
  }

  private static boolean isStill(Anchor held, CommittedTransaction anchor, long sound) {
    return held.id().equals(anchor.id()) && held.sequence() < sound;
  }

  /**
   * @param sound below which all entries are what this node wrote
   */
  private Anchor anchor(CommittedTransaction anchored, long sound) {
    Action.AuditAnchor anchor =
        (Action.AuditAnchor) ((InstitutionTransaction) anchored.transaction()).action();
    return new Anchor(
        anchored.id(),
        anchored.height(),
        anchored.blockTimeMs(),
        anchor.sequence(),
        anchor.head(),
        anchor.sequence() < sound ? finding(anchor) : Finding.DIFFERS);
  }

  private Finding finding(Action.AuditAnchor anchor) {
    Optional<Hash> here = trail.hashAt(anchor.sequence());
    if (here.isEmpty()) {
      return Finding.SHORTER;
    }
    return here.get().equals(anchor.head()) ? Finding.HOLDS : Finding.DIFFERS;
  }
}
