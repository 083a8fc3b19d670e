package org.medseal.tracing;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
import org.medseal.requests.Intention;
import org.medseal.tracing.TraceException.Reason;
import org.medseal.users.Session;
import org.medseal.users.TraceApprovers;

/** Asking who signed a record, approving that, and reading the answer. */
public final class Traces {
  /** So many at most on a page. */
  public static final int MOST_LISTED = 1_000;

  private static final int MOST_CACHED = 10_000;

  private final InstitutionLedger acting;
  private final Ledger ledger;
  private final TraceApprovers approvers;
  private final TraceRules rules;

  /** What unsealing and judging gave, nothing included, because a list would try each again. */
  private final Map<Hash, Optional<TraceView.Finding>> findings =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash, Optional<TraceView.Finding>> eldest) {
          return size() > MOST_CACHED;
        }
      };

  public Traces(InstitutionLedger acting, TraceApprovers approvers) {
    this.acting = acting;
    this.ledger = acting.ledger();
    this.approvers = approvers;
    this.rules = new TraceRules(ledger, approvers);
  }

  /** The submitted transaction's id is the trace's. BAD_REQUEST, UNKNOWN_RECORD. */
  public Submitted ask(Session session, Hash recordId, String justification, Intention intention) {
    TraceBody body = body(session, justification);
    if (!isRecord(recordId)) {
      throw new TraceException(Reason.UNKNOWN_RECORD, "There is no record " + recordId + ".");
    }
    String context = TraceBody.context(ledger.genesis().chainId(), ledger.institution(), recordId);
    List<String> everybody = ledger.view().institutions().stream().map(Institution::name).toList();
    return acting.submit(
        new Action.TraceRequest(recordId, acting.seal(context, Bodies.write(body), everybody)),
        intention);
  }

  /** What an approval led to: nothing is submitted while a lone institution lacks its second. */
  public record Approved(int usersHere, Optional<Submitted> submitted) {}

  /** UNKNOWN_TRACE, COMPLETED, or ALREADY_APPROVED by this institution or user. */
  public Approved approve(Session session, Hash traceId, Intention intention) {
    LedgerView.TraceState trace = trace(traceId);
    if (trace.result().isPresent()) {
      throw new TraceException(Reason.COMPLETED, "The trace is completed.");
    }
    if (trace.approvals().contains(ledger.institution())) {
      throw new TraceException(
          Reason.ALREADY_APPROVED, "This institution has approved the trace already.");
    }
    if (rules.singleInstitution()) {
      intention.toKeep();
      int users = kept(session, traceId);
      if (users < TraceRules.APPROVALS) {
        return new Approved(users, Optional.empty());
      }
    }
    Submitted submitted = acting.submit(new Action.TraceApproval(traceId), intention);
    return new Approved(kept(session, traceId), Optional.of(submitted));
  }

  /** How many users of this institution have approved with this one. */
  private int kept(Session session, Hash traceId) {
    return approvers.add(traceId.hex(), session.user().id()).size();
  }

  /** UNKNOWN_TRACE. The finding is judged anew each time it is shown. */
  public TraceView find(Hash traceId) {
    LedgerView.TraceState trace = trace(traceId);
    synchronized (findings) {
      findings.remove(traceId);
    }
    return view(trace);
  }

  /**
   * Which of the traces.
   *
   * @param limit 1 to 1000
   * @param after the last one seen; the page begins behind it
   */
  public record Page(Optional<TraceState> state, int limit, Optional<Hash> after) {
    public Page {
      if (limit < 1 || limit > MOST_LISTED) {
        throw new IllegalArgumentException("a page has 1 to " + MOST_LISTED + " traces");
      }
    }
  }

  /** Newest first; of all institutions, since all of them may approve. */
  public List<TraceView> list(Page page) {
    List<LedgerView.TraceState> newestFirst = new ArrayList<>(ledger.view().traces());
    newestFirst.sort(
        Comparator.comparingLong(LedgerView.TraceState::height)
            .reversed()
            .thenComparing(trace -> trace.id().hex()));
    boolean begun = page.after().isEmpty();
    List<TraceView> views = new ArrayList<>();
    for (LedgerView.TraceState trace : newestFirst) {
      if (views.size() == page.limit()) {
        break;
      }
      if (!begun) {
        begun = trace.id().equals(page.after().get());
      } else if (page.state().isEmpty() || page.state().get() == state(trace)) {
        views.add(view(trace));
      }
    }
    return views;
  }

  /**
   * The proof of a finding with what somebody without a copy needs to judge it. UNKNOWN_TRACE,
   * NO_RESULT; ProofException NOT_FOUND if this copy cannot prove where the transactions stand.
   *
   * @param checkpoint height of the checkpoint its reader has; empty for the genesis
   */
  public TraceProofFile proof(Hash traceId, OptionalLong checkpoint) {
    LedgerView.TraceState trace = trace(traceId);
    TraceFinding found =
        finding(trace)
            .map(TraceView.Finding::proof)
            .orElseThrow(
                () ->
                    new TraceException(
                        Reason.NO_RESULT,
                        trace.result().isEmpty()
                            ? "The trace has no result yet."
                            : "The result is for those who asked or approved."));
    return new ProofExport(ledger, checkpoint).of(found);
  }

  private TraceView view(LedgerView.TraceState trace) {
    return new TraceView(
        trace.id(),
        state(trace),
        trace.request().recordId(),
        Instant.ofEpochMilli(trace.createdAtMs()),
        trace.institution(),
        justification(trace),
        trace.approvals(),
        rules.approvals(trace.id()),
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

  private TraceState state(LedgerView.TraceState trace) {
    boolean nobody =
        finding(trace)
            .filter(TraceView.Finding::judged)
            .filter(found -> found.proof() instanceof UnregisteredProof)
            .isPresent();
    return nobody ? TraceState.NOT_IN_REGISTRY : rules.state(trace);
  }

  private Optional<TraceView.Finding> finding(LedgerView.TraceState trace) {
    if (trace.result().isEmpty()) {
      return Optional.empty();
    }
    synchronized (findings) {
      return findings.computeIfAbsent(trace.id(), id -> unsealed(trace));
    }
  }

  private Optional<TraceView.Finding> unsealed(LedgerView.TraceState trace) {
    Action.TraceResult result = trace.result().get();
    String context = resultContext(ledger.genesis().chainId(), trace.id());
    return acting
        .unseal(context, result.sealedBody())
        .filter(
            clear -> MessageDigest.isEqual(Digests.sha256(clear), result.resultHash().toArray()))
        .flatMap(TraceFinding::parse)
        .map(proof -> new TraceView.Finding(proof, judged(trace, proof)));
  }

  private boolean judged(LedgerView.TraceState trace, TraceFinding proof) {
    return proof.recordId().equals(trace.request().recordId().hex())
        && proof.judge(Registry.of(ledger.genesis(), ledger.view()));
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
