package org.medseal.anchoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medseal.anchoring.TrailReport.Finding;
import org.medseal.audit.AuditTrail;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.InstitutionTransaction;

/** Compares an institution's trail with all its anchors, the oldest included. Any thread. */
public final class TrailAnchors {
  private final AuditTrail trail;
  private final Anchored anchored;

  /** The institution's anchors in ledger order. */
  public interface Anchored {
    List<CommittedTransaction> anchors();
  }

  public TrailAnchors(AuditTrail trail, Anchored anchored) {
    this.trail = trail;
    this.anchored = anchored;
  }

  public TrailReport report() {
    List<TrailReport.Anchor> all = new ArrayList<>();
    for (CommittedTransaction each : anchored.anchors()) {
      if (((InstitutionTransaction) each.transaction()).action()
          instanceof Action.AuditAnchor anchor) {
        all.add(
            new TrailReport.Anchor(
                each.id(),
                each.height(),
                each.blockTimeMs(),
                anchor.sequence(),
                anchor.head(),
                finding(anchor)));
      }
    }
    return new TrailReport(trail.head(), all);
  }

  private Finding finding(Action.AuditAnchor anchor) {
    Optional<Hash> here = trail.hashAt(anchor.sequence());
    if (here.isEmpty()) {
      return Finding.SHORTER;
    }
    return here.get().equals(anchor.head()) ? Finding.HOLDS : Finding.DIFFERS;
  }
}
