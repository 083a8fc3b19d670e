package org.medseal.ledger.app;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Hash;

/** The last audit anchor of each institution; earlier ones stand in the blocks. */
record AuditAnchors(SortedMap<String, Anchored> byInstitution) {
  static final AuditAnchors NONE = new AuditAnchors(new TreeMap<>());

  /** What an institution has anchored last, and at which height. */
  record Anchored(long sequence, Hash head, long height) {}

  AuditAnchors {
    byInstitution = Collections.unmodifiableSortedMap(new TreeMap<>(byInstitution));
  }

  AuditAnchors with(String institution, Action.AuditAnchor anchor, long height) {
    SortedMap<String, Anchored> next = new TreeMap<>(byInstitution);
    next.put(institution, new Anchored(anchor.sequence(), anchor.head(), height));
    return new AuditAnchors(next);
  }

  /** Why not; empty if allowed. Time does not limit it: an anchor that says nothing new is none. */
  Optional<String> refusal(String institution, Action.AuditAnchor anchor) {
    Anchored last = byInstitution.get(institution);
    long known = last == null ? 0 : last.sequence();
    return anchor.sequence() > known
        ? Optional.empty()
        : Optional.of("an audit anchor lies after the last one, which is at entry " + known);
  }
}
