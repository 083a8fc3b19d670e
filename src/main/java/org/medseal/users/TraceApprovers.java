package org.medseal.users;

import java.util.HashSet;
import java.util.Set;

/**
 * Which users of this institution approved a trace: the ledger tells institutions apart, not their
 * people, and a consortium of one institution needs two of them.
 */
public final class TraceApprovers {
  private final PeopleDatabase database;

  TraceApprovers(PeopleDatabase database) {
    this.database = database;
  }

  /** Ids of all who approved so far, this user included; approving twice counts once. */
  public Set<String> add(String traceId, String userId) {
    return database.change(
        () -> {
          database.execute(
              "MERGE INTO trace_approvals (trace_id, user_id) KEY (trace_id, user_id) VALUES (?,"
                  + " ?)",
              traceId,
              userId);
          return of(traceId);
        });
  }

  public Set<String> of(String traceId) {
    return new HashSet<>(
        database.query(
            "SELECT user_id FROM trace_approvals WHERE trace_id = ?",
            row -> row.getString(1),
            traceId));
  }
}
