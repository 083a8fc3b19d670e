package org.medseal.audit;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One thing done or refused. Nothing of a patient: identifiers appear as keyed hashes, free text
 * not at all.
 *
 * @param actor login, or empty for somebody not logged in
 * @param outcome "ok", or the problem that refused it
 * @param facts ids and codes by name
 */
public record AuditEntry(
    AuditAction action, String actor, String outcome, Map<String, String> facts) {
  public static final String OK = "ok";

  public AuditEntry {
    facts = Collections.unmodifiableMap(new TreeMap<>(facts));
  }
}
