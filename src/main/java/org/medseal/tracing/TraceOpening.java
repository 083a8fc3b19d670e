package org.medseal.tracing;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.medseal.audit.AuditAction;
import org.medseal.audit.AuditEntry;
import org.medseal.audit.AuditTrail;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.Digests;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.group.GroupParameters;
import org.medseal.crypto.group.GroupPublicKey;
import org.medseal.crypto.group.Opener;
import org.medseal.crypto.group.Opening;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.genesis.RegistryProofs;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.EpochCredential;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.RecordCore;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.requests.Bodies;
import org.medseal.requests.InstitutionLedger;
import org.medseal.requests.Intention;
import org.medseal.requests.RequestException;
import org.medseal.tracing.TraceException.Reason;
import org.medseal.users.Session;
import org.medseal.users.UserStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The opener's side: opens approved traces while a session at the opener's institution holds the
 * opener's key. One trace at a time, each once; each leaves an audit entry before it is opened,
 * before the answer is sent, and of what came of it, whatever that was. Meant for one thread that
 * nobody waits for.
 */
public final class TraceOpening {
  private static final Logger LOG = LoggerFactory.getLogger(TraceOpening.class);

  /** Outcome of an opening that failed for a reason which is none of tracing's. */
  private static final String UNEXPECTED = "internal";

  private final InstitutionLedger acting;
  private final Ledger ledger;
  private final UserStore users;
  private final AuditTrail audit;
  private final TraceRules rules;

  /** Height after which the submitted result of a trace can no longer be in a block. */
  private final Map<Hash, Long> submitted = new HashMap<>();

  private final Set<Hash> failed = new HashSet<>();

  /**
   * @param acting its wait for the block should be short: what is submitted is remembered
   */
  public TraceOpening(InstitutionLedger acting, UserStore users, AuditTrail audit) {
    this.acting = acting;
    this.ledger = acting.ledger();
    this.users = users;
    this.audit = audit;
    this.rules = new TraceRules(ledger, users.traceApprovers());
  }

  /** As {@link #openApproved}, and what failed before is tried again. */
  public synchronized int openAfterLogin() {
    failed.clear();
    return openApproved();
  }

  /** Opens what is approved and unanswered; does nothing without the key. Returns how many. */
  public synchronized int openApproved() {
    long height = ledger.view().height();
    submitted.values().removeIf(last -> last < height);
    if (!ledger.genesis().opener().equals(ledger.institution())) {
      return 0;
    }
    List<LedgerView.TraceState> waiting =
        ledger.view().traces().stream()
            .filter(trace -> rules.state(trace) == TraceState.APPROVED)
            .filter(trace -> !submitted.containsKey(trace.id()) && !failed.contains(trace.id()))
            .toList();
    Optional<Session> holder =
        waiting.isEmpty()
            ? Optional.empty()
            : users.sessions().holdingOpenerKey().stream().findFirst();
    int opened = 0;
    if (holder.isPresent()) {
      for (LedgerView.TraceState trace : waiting) {
        opened += openAudited(trace, holder.get()) ? 1 : 0;
      }
    }
    return opened;
  }

  private boolean openAudited(LedgerView.TraceState trace, Session holder) {
    failed.add(trace.id());
    Act act = new Act(trace, holder);
    act.toKeep();
    String outcome = AuditEntry.OK;
    try {
      TraceFinding finding = open(trace, holder);
      if (finding instanceof UnregisteredProof) {
        act.facts.put("finding", "signer-not-in-registry");
      }
      answer(trace, finding, act);
    } catch (TraceException e) {
      outcome = e.reason().name();
    } catch (CryptoException e) {
      outcome = e.reason().name();
    } catch (RequestException e) {
      outcome = e.reason().name();
    } catch (RuntimeException e) { // the edge of one trace: the others are opened all the same
      outcome = UNEXPECTED;
      LOG.error("Trace {} was not opened", trace.id().hex(), quiet(e));
    }
    act.write(outcome);
    boolean opened = outcome.equals(AuditEntry.OK);
    if (opened) {
      long lasts = ledger.genesis().parameters().maxExpiryBlocks();
      submitted.put(trace.id(), ledger.view().height() + lasts);
      failed.remove(trace.id());
    }
    return opened;
  }

  /** The opening of one trace as the audit trail tells it. */
  private final class Act implements Intention {
    private final Map<String, String> facts = new TreeMap<>();
    private final String holder;

    private Act(LedgerView.TraceState trace, Session holder) {
      this.holder = holder.user().login();
      facts.put("id", trace.id().hex());
      facts.put("txId", trace.request().recordId().hex());
    }

    @Override
    public void toKeep() {
      write(AuditEntry.INTENDED);
    }

    @Override
    public void toSend(Hash transaction) {
      facts.put("transaction", transaction.hex());
      write(AuditEntry.INTENDED);
    }

    private void write(String outcome) {
      audit.record(new AuditEntry(AuditAction.TRACE_OPEN, holder, outcome, facts));
    }
  }

  /** The message may quote what was opened, so only type and place are logged. */
  private static Throwable quiet(RuntimeException failure) {
    Throwable quiet = new Throwable(failure.getClass().getName());
    quiet.setStackTrace(failure.getStackTrace());
    return quiet;
  }

  private void answer(LedgerView.TraceState trace, TraceFinding finding, Act act) {
    byte[] result = Bodies.write(finding);
    String context = Traces.resultContext(ledger.genesis().chainId(), trace.id());
    InstitutionLedger.Submitted answered =
        acting.submit(
            new Action.TraceResult(
                trace.id(),
                Hash.of(Digests.sha256(result)),
                acting.seal(context, result, readers(trace, finding))),
            act);
    if (!answered.committed()) {
      act.facts.put("committed", "no");
    }
  }

  /** Who signed is for those who asked and approved; that the issuer cheated is for all. */
  private List<String> readers(LedgerView.TraceState trace, TraceFinding finding) {
    List<String> present = ledger.view().institutions().stream().map(Institution::name).toList();
    if (finding instanceof UnregisteredProof) {
      return present;
    }
    List<String> parties =
        present.stream()
            .filter(each -> each.equals(trace.institution()) || trace.approvals().contains(each))
            .toList();
    return parties.isEmpty() ? List.of(ledger.institution()) : parties;
  }

  private TraceFinding open(LedgerView.TraceState trace, Session holder) {
    Hash recordId = trace.request().recordId();
    RecordCore core = core(recordId);
    GroupPublicKey key =
        ledger
            .view()
            .groupPublicKey(core.epoch())
            .map(encoded -> GroupPublicKey.decode(encoded.toArray()))
            .orElseThrow(
                () -> new TraceException(Reason.UNKNOWN_RECORD, "The epoch is not known."));
    GroupParameters parameters =
        GroupParameters.decode(ledger.genesis().groupParameters().toArray());
    try (SecretBytes xi1 = copy(holder);
        Opener opener = Opener.fromSecret(parameters, xi1)) {
      Opening opening =
          opener.open(key, Transactions.coreDigest(core), core.groupSignature().toArray());
      return registered(key, opening)
          .<TraceFinding>map(named -> TraceProof.of(recordId, core, opening, named))
          .orElseGet(() -> UnregisteredProof.of(recordId, core, opening));
    }
  }

  /** With the membership its credential was given for: who joined anew has several. */
  private Optional<TraceProof.Registered> registered(GroupPublicKey key, Opening opening) {
    Optional<EpochCredential> credential =
        ledger.view().credentialByA(key.epoch(), Bytes.of(opening.a48()));
    return credential.flatMap(
        known ->
            ledger.view().memberships(known.institution()).stream()
                .filter(member -> RegistryProofs.isCredential(key, known, member))
                .findFirst()
                .map(member -> new TraceProof.Registered(member, known.credential())));
  }

  private RecordCore core(Hash recordId) {
    return ledger
        .find(recordId)
        .map(CommittedTransaction::transaction)
        .filter(RecordTransaction.class::isInstance)
        .map(transaction -> ((RecordTransaction) transaction).core())
        .orElseThrow(() -> new TraceException(Reason.UNKNOWN_RECORD, "There is no such record."));
  }

  /** A session may end meanwhile and wipe its own. */
  private static SecretBytes copy(Session holder) {
    return holder.keys().opener().orElseThrow().use(SecretBytes::copyOf);
  }
}
