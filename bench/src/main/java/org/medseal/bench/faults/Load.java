package org.medseal.bench.faults;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.medseal.ledger.model.IdentifiedTransaction;

/**
 * Sends at a steady rate to whichever nodes are up, and sends again what stays uncommitted, as an
 * outbox does. Its own thread.
 */
final class Load {
  private static final long RESEND_NANOS = 4_000_000_000L;

  private final FaultHospitals hospitals;
  private final List<FaultNode> nodes;
  private final History history;
  private final Signal signal;
  private final Random random;
  private final long everyNanos;
  private final Map<String, Sent> pending = new LinkedHashMap<>(); // own thread
  private final Thread thread = new Thread(this::run, "load");
  private volatile boolean sending = true;
  private volatile boolean ended;
  private volatile int waiting;
  private final AtomicInteger sent = new AtomicInteger();

  private record Sent(IdentifiedTransaction transaction, long nanos) {}

  Load(
      FaultHospitals hospitals,
      List<FaultNode> nodes,
      FaultNode.Witnesses witnesses,
      int perSecond) {
    this.hospitals = hospitals;
    this.nodes = nodes;
    this.history = witnesses.history();
    this.signal = witnesses.signal();
    this.random = new Random(7);
    this.everyNanos = 1_000_000_000L / perSecond;
    thread.start();
  }

  private void run() {
    long lookedNanos = System.nanoTime();
    while (!ended) {
      if (sending) {
        int hospital = random.nextInt(nodes.size());
        offer(hospitals.transaction(hospital, history.tip()));
        sent.incrementAndGet();
      }
      if (System.nanoTime() - lookedNanos > RESEND_NANOS / 4) {
        lookedNanos = System.nanoTime();
        sendAgain();
      }
      LockSupport.parkNanos(everyNanos);
    }
  }

  private void offer(IdentifiedTransaction transaction) {
    pending.put(transaction.id().toString(), new Sent(transaction, System.nanoTime()));
    waiting = pending.size();
    List<FaultNode> able = nodes.stream().filter(FaultNode::takes).toList();
    if (!able.isEmpty()) {
      able.get(random.nextInt(able.size())).submit(transaction);
    }
  }

  private void sendAgain() {
    pending.keySet().removeIf(history::isCommitted);
    waiting = pending.size();
    long nowNanos = System.nanoTime();
    List<Sent> late =
        pending.values().stream().filter(each -> nowNanos - each.nanos() > RESEND_NANOS).toList();
    late.forEach(each -> offer(each.transaction()));
    signal.ring();
  }

  void pause() {
    sending = false;
  }

  /** Sent at least once, not yet seen in a block. */
  int waiting() {
    return waiting;
  }

  int sent() {
    return sent.get();
  }

  void end() throws InterruptedException {
    ended = true;
    thread.join();
  }
}
