package org.medseal.ledger.engine.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.medseal.ledger.consensus.Step;
import org.medseal.ledger.engine.Application;
import org.medseal.ledger.engine.EngineStatus;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksResponse;
import org.medseal.ledger.engine.embedded.PeerMessage.OfferMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.StatusMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.StemMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.TransactionsMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VoteMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VotesRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.WantMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.WitnessAnswer;
import org.medseal.ledger.engine.embedded.PeerMessage.WitnessRequest;
import org.medseal.ledger.mempool.Mempool;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.replica.ReceiptRules;

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
  private final StatusReport report;
  private final LevelWatch level;
  private final List<Consumer<StoredBlock>> listeners = new ArrayList<>();
  private HeightDriver driver;
  private boolean moving;
  private boolean batching;
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
  }

  /** Called with each block once it is durable, in order, on the engine thread. */
  public void onCommitted(Consumer<StoredBlock> listener) {
    listeners.add(listener);
  }

  /**
   * Recovers: executes blocks the application lacks, then takes the log of the height in once more.
   */
  public void start() {
    parts.chain().recover();
    parts.anchor().requireIn(parts.chain());
    long height = parts.chain().state().nextHeight();
    List<byte[]> entries = parts.environment().log().entriesSince(height);
    if (entries.isEmpty()) {
      parts.environment().log().startHeight(height);
    }
    growPeers();
    parts.gate().start();
    driver = new HeightDriver(parts);
    driver.recover(entries);
    startStatusTimer();
    level.look();
    move();
  }

  public void onMessage(int peer, PeerMessage message) {
    if (!peers.isKnown(peer)) {
      return;
    }
    PeerState state = peers.get(peer);
    long nowMs = parts.environment().monotonicMs();
    state.seen(nowMs);
    if (message instanceof ProposalMessage || message instanceof VoteMessage) {
      takePart(peer, message);
    } else if (message instanceof StatusMessage status) {
      onStatus(peer, status);
    } else if (message instanceof VotesRequest request) {
      if (state.mayAsk(nowMs)) {
        votes.answer(peer, request, driver);
      }
    } else if (message instanceof BlocksRequest request) {
      if (state.mayAsk(nowMs)) {
        parts.environment().send(peer, BlockAnswers.of(request, parts.environment().blocks()));
      }
    } else if (message instanceof BlocksResponse response) {
      onBlocks(peer, response);
    } else if (message instanceof WitnessRequest request) {
      if (state.mayAsk(nowMs)) {
        parts.environment().send(peer, testimony(request));
      }
    } else if (message instanceof WitnessAnswer answer) {
      if (!parts.gate().answered(peer, answer)) {
        sync.ban(peer);
      }
    } else {
      onTransactions(peer, message);
    }
    move();
  }

  private void growPeers() {
    peers.growTo(parts.application().institutions().size(), parts.environment().monotonicMs());
  }

  private WitnessAnswer testimony(WitnessRequest request) {
    return SigningGate.answer(request, parts.chain().state().validators(), driver);
  }

  private void takePart(int peer, PeerMessage message) {
    long height = heightOf(message);
    long current = driver.consensus().height();
    if (height == current + 1) {
      peers.get(peer).keepEarly(message);
    } else if (height == current && !deliver(message)) {
      sync.ban(peer);
    } else if (height > current + 1) {
      onFarAhead(peer, height);
    } else if (height == current - 1
        && message instanceof VoteMessage vote
        && !parts.chain().late(vote.vote(), parts.signatures())) {
      sync.ban(peer);
    }
  }

  /** Whoever decides a height claims to have the ones before; under load statuses are rare. */
  private void onFarAhead(int peer, long height) {
    PeerState state = peers.get(peer);
    if (!state.isBanned(parts.environment().monotonicMs())) {
      state.claimsAtLeast(height - 1);
      sync.consider(driver);
    }
  }

  private static long heightOf(PeerMessage message) {
    return message instanceof ProposalMessage proposal
        ? proposal.proposal().height()
        : ((VoteMessage) message).vote().height();
  }

  private boolean deliver(PeerMessage message) {
    return message instanceof ProposalMessage proposal
        ? driver.receive(proposal.proposal(), proposal.block())
        : driver.receive(((VoteMessage) message).vote());
  }

  private void onStatus(int peer, StatusMessage status) {
    PeerState state = peers.get(peer);
    long nowMs = parts.environment().monotonicMs();
    if (state.isBanned(nowMs) || !state.mayAsk(nowMs)) {
      return;
    }
    if (!state.claims(status.height() - 1, nowMs)) {
      sync.ban(peer);
      return;
    }
    state.tells(status.round(), status.step());
    level.look();
    long current = driver.consensus().height();
    if (status.height() == current) {
      votes.answer(peer, status, driver);
    } else if (status.height() < current) {
      parts.environment().send(peer, votes.status(driver));
    }
    sync.consider(driver);
  }

  private void onBlocks(int peer, BlocksResponse response) {
    if (peers.get(peer).isBanned(parts.environment().monotonicMs())) {
      return;
    }
    if (!sync.received(peer, response)) {
      sync.ban(peer);
    }
    sync.consider(driver); // ahead of the work, so that answers come meanwhile
    move();
    sync.consider(driver);
  }

  private void onTransactions(int peer, PeerMessage message) {
    PeerState state = peers.get(peer);
    long nowMs = parts.environment().monotonicMs();
    if (state.isBanned(nowMs)) {
      return;
    }
    boolean honest = true;
    if (message instanceof TransactionsMessage offered) {
      honest = transactions.receive(peer, offered);
    } else if (message instanceof StemMessage handedOn) {
      honest = transactions.receive(peer, handedOn);
    } else if (state.mayAsk(nowMs)) {
      if (message instanceof OfferMessage offer) {
        reoffers.receive(peer, offer);
      } else if (message instanceof WantMessage want) {
        reoffers.receive(peer, want);
      }
    }
    if (!honest) {
      sync.ban(peer);
    }
  }

  public void onTimer(TimerId timer) {
    switch (timer.kind()) {
      case PROPOSE -> driver.timedOut(timer, Step.PROPOSE);
      case PREVOTE -> driver.timedOut(timer, Step.PREVOTE);
      case PRECOMMIT -> driver.timedOut(timer, Step.PRECOMMIT);
      case BATCH -> onBatch(timer);
      case GOSSIP -> transactions.flush();
      case STATUS -> tell();
      case SYNC -> {
        sync.timedOut();
        sync.consider(driver);
      }
      case REOFFER -> reoffers.offer();
      case STEM -> transactions.stemDue();
    }
    move();
  }

  private void onBatch(TimerId timer) {
    batching = false;
    if (timer.height() != driver.consensus().height()) {
      return;
    }
    if (driver.consensus().step() == Step.IDLE) {
      if (parts.hasCandidate()) {
        driver.start();
      }
    } else {
      driver.build(timer);
    }
  }

  /** Often while the same height is being decided, seldom while there is nothing to say. */
  private void tell() {
    long height = driver.consensus().height();
    long nowMs = parts.environment().monotonicMs();
    boolean stuck = StatusReport.isWorking(driver) && toldHeight == height;
    if (stuck || nowMs - toldMs >= parts.settings().pacing().idleStatusMs()) {
      parts.environment().broadcast(votes.status(driver));
      toldMs = nowMs;
    }
    toldHeight = height;
    tip.look();
    sync.consider(driver);
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
      parts.environment().send(peer, votes.status(driver));
      parts.gate().ask(peer);
      reoffers.greet(peer);
    }
  }

  public void onPeerDisconnected(int peer) {
    if (peers.isKnown(peer)) {
      peers.get(peer).connected(false);
      parts.gate().forget(peer);
      sync.disconnected(peer);
      level.look();
    }
  }

  /** Checked, kept, told to everybody. OK also when it is already pending. */
  public Verdict submit(IdentifiedTransaction transaction) {
    Verdict verdict = transactions.submit(transaction);
    move();
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
    move();
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
    move();
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
    return report.of(driver);
  }

  HeightDriver driver() {
    return driver;
  }

  /** Commits what is decided, height after height, and starts the next when there is reason to. */
  private void move() {
    if (moving) {
      return;
    }
    moving = true;
    try {
      driver.release();
      for (Optional<StoredBlock> next = decided(); next.isPresent(); next = decided()) {
        commit(next.get());
      }
    } finally {
      moving = false;
    }
    reoffers.watch();
    wake();
  }

  /** The next block, whether decided here or fetched. */
  private Optional<StoredBlock> decided() {
    return driver.decided().or(sync::next);
  }

  private void wake() {
    if (!parts.hasCandidate()) {
      return;
    }
    driver.transactionsArrived();
    if (driver.consensus().step() != Step.IDLE || batching) {
      return;
    }
    long batchMs = parts.settings().pacing().batchMs();
    batching = true;
    parts
        .environment()
        .startTimer(new TimerId(TimerId.Kind.BATCH, driver.consensus().height(), 0), batchMs);
  }

  private void commit(StoredBlock block) {
    parts.anchor().require(block.height(), block.certificate().blockId());
    parts.gate().committing(block);
    parts.chain().commit(block);
    growPeers();
    parts.gate().committed(block.height());
    transactions.committed(block.block());
    reoffers.committed(block.block());
    parts.evidence().committed(block.block().evidence());
    block.block().transactions().stream()
        .flatMap(each -> ReceiptRules.blob(each).stream())
        .forEach(parts.receipts()::committed);
    parts.environment().log().startHeight(block.height() + 1);
    batching = false;
    driver = new HeightDriver(parts);
    level.look();
    listeners.forEach(each -> each.accept(block));
    for (int peer = 0; peer < peers.size(); peer++) {
      for (PeerMessage early : peers.get(peer).takeEarly()) {
        takePart(peer, early);
      }
    }
  }
}
