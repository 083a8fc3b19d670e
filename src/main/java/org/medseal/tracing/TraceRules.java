package org.medseal.tracing;

import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.model.Hash;
import org.medseal.users.TraceApprovers;

/** When a trace may be opened: two institutions approved, or two people where there is just one. */
final class TraceRules {
  static final int APPROVALS = 2;

  private final Ledger ledger;
  private final TraceApprovers approvers;

  TraceRules(Ledger ledger, TraceApprovers approvers) {
    this.ledger = ledger;
    this.approvers = approvers;
  }

  boolean singleInstitution() {
    return ledger.view().institutions().size() == 1;
  }

  TraceState state(LedgerView.TraceState trace) {
    if (trace.result().isPresent()) {
      return TraceState.COMPLETED;
    }
    return approved(trace) ? TraceState.APPROVED : TraceState.OPEN;
  }

  private boolean approved(LedgerView.TraceState trace) {
    long institutions = trace.approvals().stream().distinct().count();
    return institutions >= APPROVALS
        || (singleInstitution() && institutions == 1 && approvals(trace.id()) >= APPROVALS);
  }

  /** Users of this institution who approved. */
  int approvals(Hash traceId) {
    return approvers.of(traceId.hex()).size();
  }
}
