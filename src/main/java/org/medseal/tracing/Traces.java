package org.medseal.tracing;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.medseal.crypto.Digests;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.requests.Bodies;
import org.medseal.requests.InstitutionLedger;
import org.medseal.requests.InstitutionLedger.Submitted;
import org.medseal.tracing.TraceException.Reason;
import org.medseal.users.Session;
import org.medseal.users.TraceApprovers;

/** Asking who signed a record, approving that, and reading the answer. */
public final class Traces {
  private final InstitutionLedger acting;
  private final Ledger ledger;
  private final TraceApprovers approvers;
  private final TraceRules rules;

  public Traces(InstitutionLedger acting, TraceApprovers approvers) {
    this.acting = acting;
    this.ledger = acting.ledger();
    this.approvers = approvers;
    this.rules = new TraceRules(ledger, approvers);
  }

  /** The submitted transaction's id is the trace's. BAD_REQUEST, UNKNOWN_RECORD. */
  public Submitted ask(Session session, Hash recordId, String justification) {
    TraceBody body = body(session, justification);
    if (!isRecord(recordId)) {
      throw new TraceException(Reason.UNKNOWN_RECORD, "There is no record " + recordId + ".");
    }
    String context = TraceBody.context(ledger.genesis().chainId(), ledger.institution(), recordId);
    List<String> everybody = ledger.view().institutions().stream().map(Institution::name).toList();
    return acting.submit(
        new Action.TraceRequest(recordId, acting.seal(context, Bodies.write(body), everybody)));
  }

  /** What an approval led to: nothing is submitted while a lone institution lacks its second. */
  public record Approved(int usersHere, Optional<Submitted> submitted) {}

  /** UNKNOWN_TRACE, COMPLETED, or ALREADY_APPROVED by this institution or user. */
  public Approved approve(Session session, Hash traceId) {
    LedgerView.TraceState trace = trace(traceId);
    if (trace.result().isPresent()) {
      throw new TraceException(Reason.COMPLETED, "The trace is completed.");
    }
    if (trace.approvals().contains(ledger.institution())) {
      throw new TraceException(
          Reason.ALREADY_APPROVED, "This institution has approved the trace already.");
    }
    Set<String> users = approvers.add(traceId.hex(), session.user().id());
    if (rules.singleInstitution() && users.size() < TraceRules.APPROVALS) {
      return new Approved(users.size(), Optional.empty());
    }
    return new Approved(
        users.size(), Optional.of(acting.submit(new Action.TraceApproval(traceId))));
  }

  /** UNKNOWN_TRACE. The finding is judged anew each time it is shown. */
  public TraceView find(Hash traceId) {
    LedgerView.TraceState trace = trace(traceId);
    return new TraceView(
        traceId,
        rules.state(trace),
        trace.request().recordId(),
        Instant.ofEpochMilli(trace.createdAtMs()),
        trace.institution(),
        justification(trace),
        trace.approvals(),
        rules.approvals(traceId),
        finding(trace));
  }

  static String resultContext(String chainId, Hash traceId) {
    return "medseal:trace-result:1:" + chainId + ":" + traceId.hex();
  }

  private LedgerView.TraceState trace(Hash traceId) {
    return ledger
        .view()
        .trace(traceId)
        .orElseThrow(() -> new TraceException(Reason.UNKNOWN_TRACE, "There is no such trace."));
  }

  private Optional<TraceView.Finding> finding(LedgerView.TraceState trace) {
    if (trace.result().isEmpty()) {
      return Optional.empty();
    }
    Action.TraceResult result = trace.result().get();
    String context = resultContext(ledger.genesis().chainId(), trace.id());
    return acting
        .unseal(context, result.sealedBody())
        .filter(
            clear -> MessageDigest.isEqual(Digests.sha256(clear), result.resultHash().toArray()))
        .flatMap(clear -> Bodies.read(clear, TraceProof.class))
        .map(proof -> new TraceView.Finding(proof, judged(trace, proof)));
  }

  private boolean judged(LedgerView.TraceState trace, TraceProof proof) {
    return proof.recordId().equals(trace.request().recordId().hex())
        && proof.judge(ledger.genesis(), ledger.view());
  }

  private String justification(LedgerView.TraceState trace) {
    String context =
        TraceBody.context(
            ledger.genesis().chainId(), trace.institution(), trace.request().recordId());
    return acting
        .unseal(context, trace.request().sealedBody())
        .flatMap(clear -> Bodies.read(clear, TraceBody.class))
        .map(TraceBody::justification)
        .orElse("");
  }

  private boolean isRecord(Hash id) {
    return ledger
        .find(id)
        .map(CommittedTransaction::transaction)
        .filter(RecordTransaction.class::isInstance)
        .isPresent();
  }

  private static TraceBody body(Session session, String justification) {
    try {
      return new TraceBody(justification.strip(), session.user().id(), session.user().login());
    } catch (IllegalArgumentException e) {
      throw new TraceException(Reason.BAD_REQUEST, "A justification has 1 to 2000 characters.");
    }
  }
}
