package org.medseal.ledger.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.RecordTransaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the transactions that peers send checked before the engine sees them, so that the engine
 * finds their signatures' results remembered and never verifies what does not hold. Peers are
 * served in turn, a slice at a time; what one peer sends keeps its order. What waits is bounded for
 * each peer: above, transactions are dropped, and offered again later by whoever keeps them.
 */
final class ChecksAhead implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChecksAhead.class);

  /** Institution signatures that take as long as one group signature. */
  static final int RECORD_COST = 20;

  /** Waiting for each peer: a second or two of checks. */
  static final int MAX_COST = 1_024 * RECORD_COST;

  static final long MAX_BYTES = 6L << 20;

  private static final int SLICE = 16;
  private static final long CLOSE_WAIT_MS = 5_000;

  /** What becomes of a checked transaction. */
  enum Finding {
    KEEP,
    DROP,
    /** Kept, so that the engine sees it and blames the peer; the rest of the message is not. */
    BLAME
  }

  private final BiFunction<Integer, IdentifiedTransaction, Finding> check;
  private final Consumer<Error> onFailure;
  private final ExecutorService pool;
  private final Map<Integer, Link> links =
      new LinkedHashMap<>(); // next turn first; guarded by this
  private volatile boolean closed;

  private static final class Link {
    private final Deque<Message> messages = new ArrayDeque<>();
    private long cost;
    private long bytes;

    boolean hasRoom(IdentifiedTransaction each) {
      return cost == 0
          || (cost + cost(each) <= MAX_COST && bytes + each.encoded().length() <= MAX_BYTES);
    }

    void count(IdentifiedTransaction each, int sign) {
      cost += (long) sign * cost(each);
      bytes += (long) sign * each.encoded().length();
    }

    private static int cost(IdentifiedTransaction each) {
      return each.transaction() instanceof RecordTransaction ? RECORD_COST : 1;
    }
  }

  private static final class Message {
    private final int peer;
    private final List<IdentifiedTransaction> offered;
    private final List<Finding> findings;
    private final Consumer<List<IdentifiedTransaction>> delivery;
    private int started;
    private int checked;
    private volatile boolean blamed;

    Message(
        int peer,
        List<IdentifiedTransaction> offered,
        Consumer<List<IdentifiedTransaction>> delivery) {
      this.peer = peer;
      this.offered = offered;
      this.findings = new ArrayList<>(Collections.nCopies(offered.size(), Finding.DROP));
      this.delivery = delivery;
    }

    void deliver() {
      List<IdentifiedTransaction> kept = new ArrayList<>();
      for (int i = 0; i < offered.size(); i++) {
        if (findings.get(i) != Finding.DROP) {
          kept.add(offered.get(i));
        }
      }
      delivery.accept(kept);
    }
  }

  private record Slice(Message message, int from, int to) {}

  /**
   * @param onFailure called with an error after which the node must not go on, on several threads
   * @param check of a transaction from a peer; called on several threads
   */
  ChecksAhead(
      int threads,
      Consumer<Error> onFailure,
      BiFunction<Integer, IdentifiedTransaction, Finding> check) {
    this.onFailure = onFailure;
    this.check = check;
    AtomicInteger number = new AtomicInteger();
    this.pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "ledger-check-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Leaves a processor to the engine. */
  static int standardThreads() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
  }

  /**
   * Runs the delivery once the transactions have been checked and the peer's earlier ones have been
   * delivered; exactly once, whatever the checks come to.
   *
   * @param delivery of what is left of the transactions; takes no time and throws nothing
   */
  void deliver(
      int peer,
      List<IdentifiedTransaction> offered,
      Consumer<List<IdentifiedTransaction>> delivery) {
    int slices;
    synchronized (this) {
      Link link = links.computeIfAbsent(peer, any -> new Link());
      List<IdentifiedTransaction> taken = new ArrayList<>();
      for (IdentifiedTransaction each : offered) {
        if (link.hasRoom(each)) {
          link.count(each, 1);
          taken.add(each);
        }
      }
      Message message = new Message(peer, taken, delivery);
      link.messages.add(message);
      slices = (taken.size() + SLICE - 1) / SLICE;
      deliverReady(link);
    }
    try {
      for (int i = 0; i < slices; i++) {
        pool.execute(this::turn);
      }
    } catch (RejectedExecutionException e) {
      deliverUnchecked();
    }
  }

  private void turn() {
    try {
      nextSlice().ifPresent(this::take);
    } catch (Error e) { // the thread's edge
      onFailure.accept(e);
    }
  }

  private void take(Slice slice) {
    try {
      checkAll(slice);
    } catch (RuntimeException e) { // the engine will meet the same trouble
      LOG.warn("a check ahead of the engine failed", e);
    } finally {
      done(slice);
    }
  }

  /** From the peer that has waited longest for its turn. */
  private synchronized Optional<Slice> nextSlice() {
    for (Map.Entry<Integer, Link> entry : links.entrySet()) {
      for (Message message : entry.getValue().messages) {
        if (message.started < message.offered.size()) {
          int from = message.started;
          message.started = Math.min(message.offered.size(), from + SLICE);
          Link served = entry.getValue();
          links.remove(entry.getKey());
          links.put(message.peer, served);
          return Optional.of(new Slice(message, from, message.started));
        }
      }
    }
    return Optional.empty();
  }

  private void checkAll(Slice slice) {
    Message message = slice.message();
    for (int i = slice.from(); i < slice.to() && !closed && !message.blamed; i++) {
      Finding finding = check.apply(message.peer, message.offered.get(i));
      synchronized (this) {
        message.findings.set(i, finding);
      }
      message.blamed |= finding == Finding.BLAME;
    }
  }

  private synchronized void done(Slice slice) {
    Message message = slice.message();
    Link link = links.get(message.peer);
    message.checked += slice.to() - slice.from();
    message.offered.subList(slice.from(), slice.to()).forEach(each -> link.count(each, -1));
    deliverReady(link);
  }

  private static void deliverReady(Link link) {
    while (!link.messages.isEmpty()
        && link.messages.peek().checked == link.messages.peek().offered.size()) {
      link.messages.remove().deliver();
    }
  }

  /** Nothing is checked any more; whoever waits for a delivery still gets it. */
  private synchronized void deliverUnchecked() {
    for (Link link : links.values()) {
      for (Message message : link.messages) {
        message.checked += message.offered.size() - message.started;
        message.started = message.offered.size();
      }
      deliverReady(link);
    }
  }

  /** Never interrupts: a check may be reading a file that an interrupt would close. */
  @Override
  public void close() {
    closed = true;
    pool.shutdown();
    try {
      pool.awaitTermination(CLOSE_WAIT_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
