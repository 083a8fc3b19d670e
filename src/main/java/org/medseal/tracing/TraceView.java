package org.medseal.tracing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.medseal.ledger.model.Hash;

/**
 * A trace as an administrator sees it.
 *
 * @param institution that asks
 * @param approvals institutions that approved
 * @param approvalsHere users of this institution who approved
 * @param finding empty until there is an answer, and for institutions that neither asked nor
 *     approved; an answer that nobody is registered goes to all
 */
public record TraceView(
    Hash id,
    TraceState state,
    Hash record,
    Instant createdAt,
    String institution,
    String justification,
    List<String> approvals,
    int approvalsHere,
    Optional<Finding> finding) {

  /**
   * What the opener answered.
   *
   * @param judged whether this node's public judge accepts the proof
   */
  public record Finding(TraceFinding proof, boolean judged) {}
}
