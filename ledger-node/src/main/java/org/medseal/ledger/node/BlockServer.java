package org.medseal.ledger.node;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.medseal.ledger.engine.embedded.BlockAnswers;
import org.medseal.ledger.engine.embedded.BlockStore;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksResponse;
import org.medseal.ledger.engine.embedded.PeerMessage.OlderResponse;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotPart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests for blocks and parts of snapshots on a thread of its own, so that who catches up
 * does not hold up the engine. Each peer has a share of bytes a second and a few requests waiting;
 * more are not answered. A block that cannot be read is logged and not answered.
 */
final class BlockServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BlockServer.class);
  private static final int WAITING_PER_PEER = 4;
  private static final long BYTES_PER_SECOND = 64L << 20;

  /** What the smallest request costs: so many are answered in a second. */
  private static final long LEAST_BYTES = BYTES_PER_SECOND / 1_024;

  private static final long CLOSE_WAIT_MS = 5_000;

  private final BlockStore blocks;
  private final SnapshotParts snapshots;
  private final Answers answers;
  private final Map<Integer, Share> shares = new HashMap<>(); // guarded by this
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread made = new Thread(task, "ledger-serve");
            made.setDaemon(true);
            return made;
          });

  /** Where an answer goes; never blocks. */
  @FunctionalInterface
  interface Answers {
    void send(int peer, PeerMessage response);
  }

  /** What is answered to who joins by a snapshot; empty for what is no request. */
  @FunctionalInterface
  interface SnapshotParts {
    Given to(SnapshotMessage request);
  }

  /**
   * An answer and its cost.
   *
   * @param readBytes beside those the answer holds
   */
  record Given(Optional<SnapshotMessage> answer, long readBytes) {
    static final Given NOTHING = new Given(Optional.empty(), 0);
  }

  private static final class Share {
    private int waiting;
    private long bytes = BYTES_PER_SECOND;
    private long atMs = EngineThread.monotonicMs();

    boolean isSpent(long nowMs) {
      long earned = Math.min(1_000, Math.max(0, nowMs - atMs)) * (BYTES_PER_SECOND / 1_000);
      bytes = Math.min(BYTES_PER_SECOND, bytes + earned);
      atMs = nowMs;
      return bytes <= 0;
    }
  }

  BlockServer(BlockStore blocks, SnapshotParts snapshots, Answers answers) {
    this.blocks = blocks;
    this.snapshots = snapshots;
    this.answers = answers;
  }

  /**
   * Returns at once.
   *
   * @param handled run when the request is dealt with, answered or not
   */
  void serve(int peer, BlocksRequest request, Runnable handled) {
    serve(peer, handled, () -> blocks(peer, request));
  }

  /** The same of parts of a snapshot. */
  void serve(int peer, SnapshotMessage request, Runnable handled) {
    serve(peer, handled, () -> parts(peer, request));
  }

  /** Sends an answer; how many bytes were read for it. */
  private interface Work {
    long run();
  }

  private void serve(int peer, Runnable handled, Work work) {
    if (!admit(peer)) {
      handled.run();
      return;
    }
    try {
      thread.execute(() -> answer(peer, work, handled));
    } catch (RejectedExecutionException e) {
      handled.run(); // closing
    }
  }

  private synchronized boolean admit(int peer) {
    Share share = shares.computeIfAbsent(peer, each -> new Share());
    if (share.waiting >= WAITING_PER_PEER || share.isSpent(EngineThread.monotonicMs())) {
      return false;
    }
    share.waiting++;
    return true;
  }

  private synchronized void served(int peer, long bytes) {
    Share share = shares.get(peer);
    share.waiting--;
    share.bytes -= bytes;
  }

  private void answer(int peer, Work work, Runnable handled) {
    long bytes = 0;
    try {
      bytes = work.run();
    } catch (Exception e) { // the thread's edge: what one block lacks must not end the serving
      LOG.error("cannot serve a peer that catches up: {}", e.getMessage());
    } finally {
      served(peer, Math.max(LEAST_BYTES, bytes));
      handled.run();
    }
  }

  private long blocks(int peer, BlocksRequest request) {
    BlocksResponse response = BlockAnswers.of(request, blocks);
    answers.send(peer, response);
    return response.blocks().stream().mapToLong(BlockAnswers::bytes).sum();
  }

  private long parts(int peer, SnapshotMessage request) {
    Given given = snapshots.to(request);
    given.answer().ifPresent(each -> answers.send(peer, each));
    return given.readBytes() + given.answer().map(BlockServer::bytes).orElse(0L);
  }

  private static long bytes(SnapshotMessage answer) {
    if (answer instanceof SnapshotPart part) {
      return part.content().length();
    }
    return answer instanceof OlderResponse older
        ? older.blocks().stream().mapToLong(each -> BlockAnswers.bytes(each.stored())).sum()
        : 0;
  }

  /** Never interrupts: it may be reading a file that an interrupt would close. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(CLOSE_WAIT_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
