package org.medseal.ledger.app;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medseal.crypto.Digests;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.api.LedgerView.AccessState;
import org.medseal.ledger.api.LedgerView.Decision;
import org.medseal.ledger.api.LedgerView.TraceState;
import org.medseal.ledger.app.AppStore.CommittedAction;
import org.medseal.ledger.app.AppStore.Topic;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.InstitutionTransaction;

/** A request or trace read from its actions, in ledger order. */
public final class ActionThreads {
  /** What an action belongs to: the id of the transaction that asked. */
  public record Subject(Topic topic, Hash id) {}

  static final Hash GROUP = named("group");

  private ActionThreads() {}

  /**
   * The thread a transaction's action belongs to, if it belongs to one.
   *
   * @param id of the transaction
   */
  public static Optional<Subject> subject(Hash id, InstitutionTransaction signed) {
    Action action = signed.action();
    if (action instanceof Action.AccessRequest) {
      return Optional.of(new Subject(Topic.ACCESS, id));
    } else if (action instanceof Action.AccessDecision decision) {
      return Optional.of(new Subject(Topic.ACCESS, decision.requestId()));
    } else if (action instanceof Action.TraceRequest) {
      return Optional.of(new Subject(Topic.TRACE, id));
    } else if (action instanceof Action.TraceApproval approval) {
      return Optional.of(new Subject(Topic.TRACE, approval.traceId()));
    } else if (action instanceof Action.TraceResult result) {
      return Optional.of(new Subject(Topic.TRACE, result.traceId()));
    } else if (action instanceof Action.MemberJoin || action instanceof Action.EpochStart) {
      return Optional.of(new Subject(Topic.GROUP, GROUP));
    } else if (action instanceof Action.AuditAnchor) {
      return Optional.of(new Subject(Topic.AUDIT, auditSubject(signed.institution())));
    }
    return Optional.empty();
  }

  /** All audit anchors of an institution that the store has, in ledger order. */
  public static List<CommittedTransaction> auditAnchors(AppStore store, String institution) {
    return store.actionsOn(auditSubject(institution)).stream()
        .map(CommittedAction::committed)
        .toList();
  }

  static Hash auditSubject(String institution) {
    return named("audit:" + institution);
  }

  /** No transaction has such an id. */
  private static Hash named(String name) {
    return Hash.of(Digests.sha256(("medseal:thread:1:" + name).getBytes(StandardCharsets.UTF_8)));
  }

  /** Empty unless the thread begins with a request. */
  static Optional<AccessState> access(List<CommittedAction> thread) {
    if (thread.isEmpty()
        || !(thread.get(0).transaction().action() instanceof Action.AccessRequest request)) {
      return Optional.empty();
    }
    CommittedAction first = thread.get(0);
    Optional<Decision> decision =
        thread.stream()
            .filter(each -> each.transaction().action() instanceof Action.AccessDecision)
            .findFirst()
            .map(ActionThreads::decision);
    return Optional.of(
        new AccessState(
            first.id(),
            first.transaction().institution(),
            first.height(),
            first.timeMs(),
            request,
            decision));
  }

  /** Empty unless the thread begins with a trace. */
  static Optional<TraceState> trace(List<CommittedAction> thread) {
    if (thread.isEmpty()
        || !(thread.get(0).transaction().action() instanceof Action.TraceRequest request)) {
      return Optional.empty();
    }
    CommittedAction first = thread.get(0);
    List<String> approvals = new ArrayList<>();
    Optional<Action.TraceResult> result = Optional.empty();
    for (CommittedAction each : thread) {
      if (each.transaction().action() instanceof Action.TraceApproval) {
        approvals.add(each.transaction().institution());
      } else if (each.transaction().action() instanceof Action.TraceResult answered) {
        result = Optional.of(answered);
      }
    }
    return Optional.of(
        new TraceState(
            first.id(),
            first.transaction().institution(),
            first.height(),
            first.timeMs(),
            request,
            List.copyOf(approvals),
            result));
  }

  private static Decision decision(CommittedAction action) {
    return new Decision(
        action.id(),
        action.transaction().institution(),
        action.height(),
        action.timeMs(),
        (Action.AccessDecision) action.transaction().action());
  }
}
