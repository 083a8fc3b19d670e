package org.medseal.ledger.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.medseal.ledger.engine.embedded.Base;
import org.medseal.ledger.engine.embedded.BlockAnswers;
import org.medseal.ledger.engine.embedded.BlockStore;
import org.medseal.ledger.engine.embedded.OlderBlock;
import org.medseal.ledger.engine.embedded.OlderChain;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.OlderRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.OlderResponse;
import org.medseal.ledger.store.OlderBlocks;
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
  private volatile int asked = -1;

  private record Answer(int peer, List<OlderBlock> blocks) {}

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

  /** From a network thread; unasked ones are lost. */
  void onMessage(int peer, OlderResponse response) {
    if (peer == asked) {
      asked = -1;
      answers.add(new Answer(peer, response.blocks()));
    }
  }

  private void run() {
    try {
      LOG.info("blocks 1 to {} are fetched in the background", older.lowest() - 1);
      OlderChain chain = chain();
      while (!closed && chain.next() > 0) {
        round(chain);
      }
      write();
      if (older.lowest() == 1) {
        LOG.info("all blocks since the genesis are here");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) { // the thread's edge: the node works without the older blocks
      LOG.error("blocks below {} are not fetched any more", older.lowest(), e);
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
      answers.poll(PAUSE_MS, TimeUnit.MILLISECONDS);
    }
  }

  private void ask(int peer, OlderChain chain) throws InterruptedException {
    answers.clear();
    asked = peer;
    link.send(peer, new OlderRequest(chain.next()));
    Answer answer = answers.poll(ANSWER_MS, TimeUnit.MILLISECONDS);
    asked = -1;
    if (answer == null || answer.peer() != peer) {
      return;
    }
    for (OlderBlock each : answer.blocks()) {
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
    answers.add(new Answer(-1, List.of()));
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
