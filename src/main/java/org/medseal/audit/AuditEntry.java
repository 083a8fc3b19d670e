package org.medseal.audit;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One thing done, refused, or about to be done. Nothing of a patient: identifiers appear as keyed
 * hashes, free text not at all.
 *
 * @param actor login, {@link #NODE}, or empty for somebody not logged in
 * @param outcome "ok", the problem that refused it, or "intended": it is about to be done, and the
 *     entry that says what came of it has the same facts and more
 * @param facts ids and codes by name
 */
public record AuditEntry(
    AuditAction action, String actor, String outcome, Map<String, String> facts) {
  public static final String OK = "ok";

  /** The actor of what nobody asked for. */
  public static final String NODE = "node";

  /** Without an entry after it, the node died meanwhile: the ledger knows what came of it. */
  public static final String INTENDED = "intended";

  public AuditEntry {
    facts = Collections.unmodifiableMap(new TreeMap<>(facts));
  }
}
