package org.medseal.ledger.engine.embedded;

import java.util.function.Consumer;
import org.medseal.ledger.consensus.Step;
import org.medseal.ledger.engine.Application;
import org.medseal.ledger.engine.EngineStatus;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.mempool.Mempool;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;

/**
 * The embedded engine, without thread, clock or I/O of its own: one thread calls its methods, the
 * environment does the rest. Whatever a peer sends costs the peer at most; a broken invariant
 * throws {@link EngineException} or IllegalStateException, upon which the caller stops the node.
 */
public final class EmbeddedEngineCore {
  private final Parts parts;
  private final Peers peers;
  private final VoteGossip votes;
  private final BlockSync sync;
  private final TipWatch tip;
  private final StemRoute route;
  private final TransactionGossip transactions;
  private final Reoffers reoffers;
  private final Heights heights;
  private final Hearing hearing;
  private final StatusReport report;
  private final LevelWatch level;
  private long toldHeight = -1;
  private long toldMs;

  public EmbeddedEngineCore(
      EngineSettings settings, Application application, Mempool mempool, Environment environment) {
    this(settings, application, mempool, environment, new Ed25519Check());
  }

  public EmbeddedEngineCore(
      EngineSettings settings,
      Application application,
      Mempool mempool,
      Environment environment,
      SignatureCheck check) {
    this.parts = Parts.of(settings, application, mempool, environment, check);
    this.peers = new Peers(settings.genesis().institutions().size(), environment.monotonicMs());
    this.votes = new VoteGossip(environment, peers, 4 * settings.pacing().statusMs());
    this.sync = new BlockSync(parts, peers);
    this.tip = new TipWatch(parts, peers);
    this.route = new StemRoute(environment, peers);
    this.transactions = new TransactionGossip(parts, route);
    this.reoffers = new Reoffers(parts);
    this.report = new StatusReport(parts, peers, sync);
    this.level = new LevelWatch(parts, peers);
    Heights.Hearers hearers = new Heights.Hearers(peers, sync, transactions, reoffers, level);
    this.heights = new Heights(parts, hearers, this::hearEarly);
    this.hearing = new Hearing(parts, hearers, votes, heights);
  }

  /** Called with each block once it is durable, in order, on the engine thread. */
  public void onCommitted(Consumer<StoredBlock> listener) {
    heights.onCommitted(listener);
  }

  /**
   * Recovers: executes blocks the application lacks, then takes the log of the height in once more.
   */
  public void start() {
    heights.recover();
    startStatusTimer();
    level.look();
    heights.move();
  }

  public void onMessage(int peer, PeerMessage message) {
    if (!peers.isKnown(peer)) {
      return;
    }
    hearing.hear(peer, message);
    heights.move();
  }

  private void hearEarly() {
    hearing.hearEarly();
  }

  public void onTimer(TimerId timer) {
    switch (timer.kind()) {
      case PROPOSE -> driver().timedOut(timer, Step.PROPOSE);
      case PREVOTE -> driver().timedOut(timer, Step.PREVOTE);
      case PRECOMMIT -> driver().timedOut(timer, Step.PRECOMMIT);
      case BATCH -> heights.batchDue(timer);
      case GOSSIP -> transactions.flush();
      case STATUS -> tell();
      case SYNC -> {
        sync.timedOut();
        sync.consider(driver());
      }
      case REOFFER -> reoffers.offer();
      case STEM -> transactions.stemDue();
    }
    heights.move();
  }

  /** Often while the same height is being decided, seldom while there is nothing to say. */
  private void tell() {
    long height = driver().consensus().height();
    long nowMs = parts.environment().monotonicMs();
    boolean stuck = StatusReport.isWorking(driver()) && toldHeight == height;
    if (stuck || nowMs - toldMs >= parts.settings().pacing().idleStatusMs()) {
      parts.environment().broadcast(votes.status(driver()));
      toldMs = nowMs;
    }
    toldHeight = height;
    if (tip.look()) {
      heights.beat();
    }
    sync.consider(driver());
    askWitnesses();
    startStatusTimer();
  }

  private void askWitnesses() {
    for (int peer = 0; peer < peers.size() && !parts.gate().isOpen(); peer++) {
      if (peers.get(peer).isConnected()) {
        parts.gate().ask(peer);
      }
    }
  }

  private void startStatusTimer() {
    parts
        .environment()
        .startTimer(new TimerId(TimerId.Kind.STATUS, 0, 0), parts.settings().pacing().statusMs());
  }

  public void onPeerConnected(int peer) {
    if (peers.isKnown(peer)) {
      peers.get(peer).connected(true);
      parts.environment().send(peer, votes.status(driver()));
      parts.gate().ask(peer);
      reoffers.greet(peer);
    }
  }

  public void onPeerDisconnected(int peer) {
    if (peers.isKnown(peer)) {
      peers.get(peer).connected(false);
      parts.gate().forget(peer);
      sync.disconnected(peer);
      reoffers.disconnected(peer);
      level.look();
    }
  }

  /** Checked, kept, told to everybody. OK also when it is already pending. */
  public Verdict submit(IdentifiedTransaction transaction) {
    Verdict verdict = transactions.submit(transaction);
    heights.move();
    return verdict;
  }

  /** Waits for a block, or is on its stem; from any thread. */
  public boolean isPending(Hash transactionId) {
    return transactions.isPending(transactionId);
  }

  /**
   * Keeps what the caller has checked, out of the own institution; {@link #submitted} has to follow
   * on the engine thread. From any thread.
   */
  public Verdict hold(IdentifiedTransaction transaction) {
    return transactions.hold(transaction);
  }

  /**
   * What {@link #hold} kept goes to everybody, or along the stem; it is dropped if a block after
   * the height at which it was checked made it stale.
   */
  public void submitted(IdentifiedTransaction transaction, long checkedHeight) {
    transactions.submitted(transaction, checkedHeight);
    heights.move();
  }

  /** Where receipts of replicas are collected; from any thread. */
  public ReceiptPool receipts() {
    return parts.receipts();
  }

  /** Whether nobody but a third of the stake claims blocks that are not here; from any thread. */
  public boolean isAtTip() {
    return level.isAtTip();
  }

  /** A receipt has come: a record may have become ready for a block. */
  public void receiptsArrived() {
    heights.move();
  }

  /** Whom this node hands what must not be traced to it; from any thread. */
  public StemSuccessor stem() {
    return route;
  }

  /** Whether a verdict on a transaction proves that whoever passed it on is dishonest. */
  public static boolean isBlamed(IdentifiedTransaction transaction, Verdict verdict) {
    return TransactionGossip.isBlamed(transaction, verdict);
  }

  /** Sent what no honest node sends, not long ago; from any thread. */
  public boolean isBanned(int peer) {
    return peers.isKnown(peer) && peers.get(peer).isBanned(parts.environment().monotonicMs());
  }

  public EngineStatus status() {
    return report.of(driver());
  }

  HeightDriver driver() {
    return heights.driver();
  }
}
