package org.medseal.ledger.app;

import java.time.Duration;
import java.util.Optional;
import org.medseal.ledger.api.LedgerView.AccessState;
import org.medseal.ledger.api.LedgerView.TraceState;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.InstitutionTransaction;

/** Access requests, traces and the answers to them. */
final class RequestRules {
  /**
   * A request open for longer than this is a mistake. Measured from the parent block's time, which
   * check and block know alike: what one lets in, the other does not refuse.
   */
  private static final long LONGEST_ANSWER_MS = Duration.ofDays(400).toMillis();

  /** Why not; empty if allowed. */
  Optional<String> refusal(InstitutionTransaction signed, Overlay overlay) {
    Action action = signed.action();
    if (action instanceof Action.AccessRequest request) {
      return refusal(request, overlay);
    } else if (action instanceof Action.AccessDecision decision) {
      return refusal(decision, signed.institution(), overlay);
    } else if (action instanceof Action.TraceRequest request) {
      return overlay.containsRecord(request.recordId())
          ? Optional.empty()
          : Optional.of("no such record");
    } else if (action instanceof Action.TraceApproval approval) {
      return refusal(approval, signed.institution(), overlay);
    } else if (action instanceof Action.TraceResult result) {
      return refusal(result, signed.institution(), overlay);
    }
    throw new IllegalStateException("no rule for " + action.getClass());
  }

  private static Optional<String> refusal(Action.AccessRequest request, Overlay overlay) {
    if (request.answerByMs() <= overlay.moment().earliestMs()) {
      return Optional.of("the time to answer has passed");
    }
    if (request.answerByMs() - LONGEST_ANSWER_MS > overlay.state().timeMs()) {
      return Optional.of("the time to answer lies more than 400 days after the newest block");
    }
    return Optional.empty();
  }

  private static Optional<String> refusal(
      Action.AccessDecision decision, String institution, Overlay overlay) {
    Optional<AccessState> access = overlay.access(decision.requestId());
    if (access.isEmpty()) {
      return Optional.of("no such request");
    }
    if (access.get().decision().isPresent()) {
      return Optional.of("the request is decided");
    }
    if (access.get().request().answerByMs() < overlay.moment().earliestMs()) {
      return Optional.of("the request has expired");
    }
    // Which records are asked for is sealed, so it cannot be told whose set is concerned.
    return overlay.state().custodians().isOrWas(institution)
        ? Optional.empty()
        : Optional.of("only an institution that has or had a custodian key decides");
  }

  private static Optional<String> refusal(
      Action.TraceApproval approval, String institution, Overlay overlay) {
    Optional<TraceState> trace = overlay.trace(approval.traceId());
    if (trace.isEmpty()) {
      return Optional.of("no such trace");
    }
    if (trace.get().result().isPresent()) {
      return Optional.of("the trace has its result");
    }
    return trace.get().approvals().contains(institution)
        ? Optional.of("the institution has approved already")
        : Optional.empty();
  }

  private static Optional<String> refusal(
      Action.TraceResult result, String institution, Overlay overlay) {
    ChainFacts facts = overlay.state().facts();
    if (!institution.equals(facts.roles().opener())) {
      return Optional.of("only the opener answers a trace");
    }
    Optional<TraceState> trace = overlay.trace(result.traceId());
    if (trace.isEmpty()) {
      return Optional.of("no such trace");
    }
    if (trace.get().result().isPresent()) {
      return Optional.of("the trace has its result");
    }
    // Approvals are by different institutions: a second one of the same is refused.
    return trace.get().approvals().size() >= overlay.state().approvalsNeeded()
        ? Optional.empty()
        : Optional.of(
            trace.get().approvals().size()
                + " approvals, "
                + overlay.state().approvalsNeeded()
                + " needed");
  }

  static boolean isCustodian(String institution, CustodianSet custodians) {
    return custodians.keys().stream().anyMatch(key -> key.institution().equals(institution));
  }
}
