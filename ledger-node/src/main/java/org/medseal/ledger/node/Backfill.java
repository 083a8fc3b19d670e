package org.medseal.ledger.node;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.medseal.ledger.engine.embedded.BlockStore;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.OlderResponse;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotMessage;
import org.medseal.ledger.snapshot.OlderFetch;
import org.medseal.ledger.snapshot.SnapshotPeers;
import org.medseal.ledger.store.OlderBlocks;

/**
 * Runs {@link OlderFetch} on a thread of its own, in the background, for as long as it takes: asks
 * one peer at a time and lets go what was not asked.
 */
final class Backfill implements OlderFetch.Surroundings, AutoCloseable {
  private static final long ANSWER_MS = 10_000;
  private static final long BAN_MS = 30_000;

  private final Link link;
  private final OlderFetch fetch;
  private final LinkedBlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::run, "ledger-backfill");
  private volatile boolean closed;
  private final AtomicReference<Optional<Question>> asked = new AtomicReference<>(Optional.empty());

  private record Question(int peer, SnapshotMessage request) {
    boolean isAnsweredBy(int sender, OlderResponse response) {
      return sender == peer && SnapshotPeers.isAnswer(request, response);
    }
  }

  private record Answer(Optional<Question> to, Optional<SnapshotMessage> response) {}

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
        .map(each -> new Backfill(chainId, blocks, each, link));
  }

  private Backfill(String chainId, BlockStore blocks, OlderBlocks older, Link link) {
    this.link = link;
    this.fetch = new OlderFetch(chainId, blocks.base().orElseThrow(), older, this);
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  boolean isAwaitedFrom(int peer) {
    return asked.get().filter(each -> each.peer() == peer).isPresent();
  }

  private void run() {
    try {
      fetch.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** From a network thread; unasked ones, and late ones to an earlier question, are lost. */
  void onMessage(int peer, OlderResponse response) {
    Optional<Question> question = asked.get();
    if (question.filter(each -> each.isAnsweredBy(peer, response)).isPresent()
        && asked.compareAndSet(question, Optional.empty())) {
      answers.add(new Answer(question, Optional.of(response)));
    }
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void pause(long ms) throws InterruptedException {
    if (!closed) {
      answers.poll(ms, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public List<Integer> connected() {
    return link.connected();
  }

  @Override
  public Optional<SnapshotMessage> ask(int peer, SnapshotMessage request)
      throws InterruptedException {
    Optional<Question> now = Optional.of(new Question(peer, request));
    answers.clear();
    asked.set(now);
    link.send(peer, request);
    Answer answer = closed ? null : answers.poll(ANSWER_MS, TimeUnit.MILLISECONDS);
    asked.set(Optional.empty());
    return answer == null || !answer.to().equals(now) ? Optional.empty() : answer.response();
  }

  @Override
  public void ban(int peer) {
    link.ban(peer, BAN_MS);
  }

  @Override
  public void close() {
    closed = true;
    answers.add(new Answer(Optional.empty(), Optional.empty()));
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
