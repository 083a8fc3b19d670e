package org.medseal.anchoring;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.medseal.audit.AuditAction;
import org.medseal.audit.AuditEntry;
import org.medseal.audit.AuditTrail;
import org.medseal.ledger.api.CommittedBlock;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.InstitutionTransaction;
import org.medseal.requests.InstitutionLedger;
import org.medseal.requests.Intention;
import org.medseal.requests.RequestException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Anchors the trail once a stake epoch and checks it, on a thread of its own: against all anchors
 * at the start, what is new with each anchor, and once a day every entry on disk and every anchor.
 * A trail that does not hold is told of in the log, in the trail itself and as an alert; nothing is
 * stopped for it.
 */
public final class Anchoring implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Anchoring.class);
  private static final long CLOSE_SECONDS = 30;

  /** On a quiet ledger epochs are long. */
  private static final Duration AT_LEAST_EVERY = Duration.ofDays(1);

  private static final Duration QUIET_CHECK = Duration.ofHours(1);

  private static final Duration READ_WHOLE_EVERY = Duration.ofDays(1);

  private final InstitutionLedger acting;
  private final Ledger ledger;
  private final AuditTrail trail;
  private final TrailAnchors anchors;
  private final InstantSource clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "medseal-audit-anchors");
            made.setDaemon(true);
            return made;
          });
  private Optional<Ledger.Listening> blocks = Optional.empty();
  private volatile Optional<String> fault = Optional.empty();
  private long readWholeAtMs;

  /** The last anchor sent, and the height after which it can no longer be in a block. */
  private long submittedSequence;

  private long submittedUntil;

  /**
   * @param acting its wait for the block should be zero
   */
  public Anchoring(InstitutionLedger acting, AuditTrail trail, InstantSource clock) {
    this.acting = acting;
    this.ledger = acting.ledger();
    this.trail = trail;
    this.anchors = of(ledger, trail);
    this.clock = clock;
  }

  public static TrailAnchors of(Ledger ledger, AuditTrail trail) {
    return new TrailAnchors(trail, () -> ledger.view().auditAnchors(ledger.institution()));
  }

  /** Checked when it returns; from then on with the blocks. */
  public synchronized void start() {
    readWholeAtMs = clock.millis(); // just now, when the trail was opened
    check(anchors.report());
    blocks = Optional.of(ledger.onBlock(ledger.view().height() + 1, this::heard));
    run(this::anchorIfDue);
    Future<?> unused =
        thread.scheduleWithFixedDelay(
            guarded(this::quietly), 0, QUIET_CHECK.toMinutes(), TimeUnit.MINUTES);
  }

  /** What is wrong with the trail, in words; empty if nothing is. */
  public Optional<String> fault() {
    return fault;
  }

  private void heard(CommittedBlock block) {
    boolean own =
        block.transactions().stream()
            .anyMatch(
                each ->
                    each.transaction() instanceof InstitutionTransaction signed
                        && signed.institution().equals(ledger.institution())
                        && signed.action() instanceof Action.AuditAnchor);
    run(() -> checkAndAnchor(own));
  }

  private void checkAndAnchor(boolean anchored) {
    if (anchored) {
      check(anchors.report());
    } else {
      anchorIfDue();
    }
    readWholeIfDue();
  }

  private void quietly() {
    anchorIfQuiet();
    readWholeIfDue();
  }

  private void readWholeIfDue() {
    long nowMs = clock.millis();
    if (nowMs - readWholeAtMs >= READ_WHOLE_EVERY.toMillis()) {
      check(anchors.reportOfAll());
      readWholeAtMs = nowMs;
    }
  }

  /** A fault is told once. */
  private void check(TrailReport report) {
    Optional<String> sentence = report.sentence();
    if (sentence.isPresent() && !sentence.equals(fault)) {
      LOG.error("AUDIT: {}", sentence.get());
      trail.record(alarm(report));
    }
    fault = sentence;
  }

  private static AuditEntry alarm(TrailReport report) {
    Map<String, String> facts = new TreeMap<>();
    report.fault().ifPresent(anchor -> facts.put("anchor", anchor.id().hex()));
    long sequence = report.changed().orElseGet(() -> report.fault().orElseThrow().sequence());
    facts.put("sequence", String.valueOf(sequence));
    String outcome =
        report.changed().isPresent()
            ? "changed"
            : report.fault().orElseThrow().finding().name().toLowerCase(Locale.ROOT);
    return new AuditEntry(AuditAction.AUDIT_ALARM, AuditEntry.NODE, "trail-" + outcome, facts);
  }

  private void anchorIfDue() {
    anchorIf(false);
  }

  private void anchorIf(boolean quiet) {
    LedgerView view = ledger.view();
    AuditTrail.Head head = trail.head();
    Optional<LedgerView.AuditAnchored> last = view.lastAuditAnchor(ledger.institution());
    long anchored = last.map(LedgerView.AuditAnchored::sequence).orElse(0L);
    boolean onItsWay = submittedSequence > anchored && view.height() <= submittedUntil;
    if (head.sequence() <= anchored
        || onItsWay
        || view.institution(ledger.institution()).isEmpty()
        || !(quiet || isDue(view, last))) {
      return;
    }
    try {
      acting.submit(new Action.AuditAnchor(head.sequence(), head.hash()), Intention.ofNobody());
      submittedSequence = head.sequence();
      submittedUntil = view.height() + ledger.genesis().parameters().maxExpiryBlocks();
    } catch (RequestException e) {
      LOG.warn("The audit trail was not anchored: {}", e.getMessage());
    }
  }

  private static boolean isDue(LedgerView view, Optional<LedgerView.AuditAnchored> last) {
    long epochBlocks = view.parameters().stake().epochBlocks();
    long anchored = last.map(LedgerView.AuditAnchored::height).orElse(0L);
    return view.height() / epochBlocks > anchored / epochBlocks;
  }

  /** When no blocks come, no epoch ends: entries are then anchored once a day. */
  private void anchorIfQuiet() {
    List<CommittedTransaction> all = ledger.view().auditAnchors(ledger.institution());
    long last = all.isEmpty() ? ledger.genesis().timeMs() : all.get(all.size() - 1).blockTimeMs();
    if (clock.millis() - last >= AT_LEAST_EVERY.toMillis()) {
      anchorIf(true);
    }
  }

  private void run(Runnable work) {
    try {
      thread.execute(guarded(work));
    } catch (RejectedExecutionException closing) {
      return; // the next start checks and anchors
    }
  }

  private static Runnable guarded(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException e) { // the thread's edge: the next block tries again
        LOG.error("the audit trail could not be anchored ({})", e.getClass().getName());
      }
    };
  }

  @Override
  public synchronized void close() {
    blocks.ifPresent(Ledger.Listening::close);
    thread.shutdown();
    try {
      // No interrupt while it may be writing: that would close the trail's file.
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Anchoring has not ended within {} s", CLOSE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
