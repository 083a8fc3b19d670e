package org.medseal.ledger.node;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.medseal.ledger.engine.embedded.Base;
import org.medseal.ledger.engine.embedded.BlockAnswers;
import org.medseal.ledger.engine.embedded.BlockStore;
import org.medseal.ledger.engine.embedded.OlderBlock;
import org.medseal.ledger.engine.embedded.OlderChain;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.OlderRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.OlderResponse;
import org.medseal.ledger.snapshot.SnapshotPeers;
import org.medseal.ledger.store.OlderBlocks;
import org.medseal.ledger.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the blocks from before the snapshot a node joined by, downwards, a few from each peer in
 * turn, and keeps those that the chain of parents proves. In the background, for as long as it
 * takes; goes on where it was after a restart. Peers that do not have them are asked again later.
 */
final class Backfill implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Backfill.class);
  private static final long ANSWER_MS = 10_000;
  private static final long PAUSE_MS = 1_000;
  private static final long RETRY_MS = 5_000;
  private static final long BAN_MS = 30_000;

  /** Answers are written together, so that there are few files. */
  private static final int BLOCKS_PER_FILE = 1_024;

  private static final long BYTES_PER_FILE = 8L << 20;

  private final String chainId;
  private final Base base;
  private final OlderBlocks older;
  private final Link link;
  private final LinkedBlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final List<OlderBlock> unwritten = new ArrayList<>();
  private final Thread thread = new Thread(this::run, "ledger-backfill");
  private volatile boolean closed;
  private final AtomicReference<Optional<Question>> asked = new AtomicReference<>(Optional.empty());
  private final Set<String> told = new HashSet<>(); // kinds of trouble; only by the thread

  private record Question(int peer, long height) {
    boolean isAnsweredBy(int sender, OlderResponse response) {
      return sender == peer && SnapshotPeers.isAnswer(new OlderRequest(height), response);
    }
  }

  private record Answer(Optional<Question> to, List<OlderBlock> blocks) {}

  /** How peers are reached. */
  interface Link {
    /** Those that are connected now. */
    List<Integer> connected();

    void send(int peer, PeerMessage message);

    void ban(int peer, long forMs);
  }

  /** Empty where nothing is missing. */
  static Optional<Backfill> of(
      String chainId, BlockStore blocks, Optional<OlderBlocks> older, Link link) {
    return older
        .filter(each -> each.lowest() > 1)
        .map(each -> new Backfill(chainId, blocks.base().orElseThrow(), each, link));
  }

  private Backfill(String chainId, Base base, OlderBlocks older, Link link) {
    this.chainId = chainId;
    this.base = base;
    this.older = older;
    this.link = link;
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  boolean isAwaitedFrom(int peer) {
    return asked.get().filter(each -> each.peer() == peer).isPresent();
  }

  /** From a network thread; unasked ones, and late ones to an earlier question, are lost. */
  void onMessage(int peer, OlderResponse response) {
    Optional<Question> question = asked.get();
    if (question.filter(each -> each.isAnsweredBy(peer, response)).isPresent()
        && asked.compareAndSet(question, Optional.empty())) {
      answers.add(new Answer(question, response.blocks()));
    }
  }

  private void run() {
    try {
      LOG.info("blocks 1 to {} are fetched in the background", older.lowest() - 1);
      while (!closed && older.lowest() > 1) {
        attempt();
      }
      if (older.lowest() == 1) {
        LOG.info("all blocks since the genesis are here");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Until all is here, or closed, or something goes wrong: what is not written is asked for anew.
   */
  private void attempt() throws InterruptedException {
    try {
      OlderChain chain = chain();
      while (!closed && chain.next() > 0) {
        round(chain);
      }
      write();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) { // the thread's edge: the node works without the older blocks
      if (told.add(kind(e))) {
        LOG.error("blocks below {} cannot be fetched at present", older.lowest(), e);
      }
      unwritten.clear();
      pause(RETRY_MS);
    }
  }

  private static String kind(Exception e) {
    return e instanceof StoreException store ? store.reason().name() : e.getClass().getName();
  }

  private void pause(long ms) throws InterruptedException {
    if (!closed) {
      answers.poll(ms, TimeUnit.MILLISECONDS);
    }
  }

  private OlderChain chain() {
    return older
        .block(older.lowest())
        .map(each -> OlderChain.below(chainId, each))
        .orElseGet(() -> OlderChain.below(chainId, base));
  }

  /** Everybody who is connected once; a pause if that brought nothing. */
  private void round(OlderChain chain) throws InterruptedException {
    long before = chain.next();
    for (int peer : link.connected()) {
      if (closed || chain.next() == 0) {
        return;
      }
      ask(peer, chain);
    }
    if (chain.next() == before) {
      write();
      pause(PAUSE_MS);
    }
  }

  private void ask(int peer, OlderChain chain) throws InterruptedException {
    for (OlderBlock each : answer(new Question(peer, chain.next()))) {
      Optional<OlderBlock> accepted = chain.next() == 0 ? Optional.empty() : chain.accept(each);
      if (accepted.isEmpty()) {
        LOG.warn("peer {} sent a block that is not block {}", peer, chain.next());
        link.ban(peer, BAN_MS);
        return;
      }
      unwritten.add(accepted.get());
    }
    long bytes = unwritten.stream().mapToLong(each -> bytes(each)).sum();
    if (unwritten.size() >= BLOCKS_PER_FILE || bytes >= BYTES_PER_FILE) {
      write();
    }
  }

  /** None if there is no answer in time. */
  private List<OlderBlock> answer(Question question) throws InterruptedException {
    Optional<Question> now = Optional.of(question);
    answers.clear();
    asked.set(now);
    link.send(question.peer(), new OlderRequest(question.height()));
    Answer answer = closed ? null : answers.poll(ANSWER_MS, TimeUnit.MILLISECONDS);
    asked.set(Optional.empty());
    return answer == null || !answer.to().equals(now) ? List.of() : answer.blocks();
  }

  private static long bytes(OlderBlock block) {
    return BlockAnswers.bytes(block.stored());
  }

  private void write() {
    if (!unwritten.isEmpty()) {
      older.append(unwritten);
      unwritten.clear();
    }
  }

  @Override
  public void close() {
    closed = true;
    answers.add(new Answer(Optional.empty(), List.of()));
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
