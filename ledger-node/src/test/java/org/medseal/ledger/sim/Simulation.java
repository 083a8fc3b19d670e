package org.medseal.ledger.sim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VoteMessage;
import org.medseal.ledger.engine.embedded.TimerId;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;

/**
 * A cluster in virtual time, everything from one seed: first a time of faults, then healing, after
 * which every transaction has to be committed on every correct node.
 */
final class Simulation {
  private static final long FAULTS_MS = 8_000;
  private static final long PATIENCE_MS = 120_000;
  private static final int TRANSACTIONS = 12;

  private final Random random;
  private final Faults faults;
  private final Genesis genesis;
  private final Invariants invariants;
  private final List<SimNode> nodes = new ArrayList<>();
  private final Liar liar;
  private final PriorityQueue<Due> queue = new PriorityQueue<>();
  private final Set<Integer> cutLinks = new HashSet<>();
  private final Set<Hash> acknowledged = new HashSet<>();
  private long nowMs;
  private long sequence;
  private boolean healed;
  private boolean stepping;

  private record Due(long atMs, long order, int node, long incarnation, Runnable action)
      implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      return atMs != other.atMs ? Long.compare(atMs, other.atMs) : Long.compare(order, other.order);
    }
  }

  Simulation(long seed) {
    this(seed, Faults.ofSeed(seed));
  }

  Simulation(long seed, Faults faults) {
    this.random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
    this.faults = faults;
    this.genesis = SimGenesis.of(faults.stakes());
    this.invariants = new Invariants(genesis, faults.liar());
    this.liar = new Liar(faults.liar(), faults.lie(), random);
    for (int i = 0; i < faults.stakes().size(); i++) {
      long skewMs = random.nextInt(6_000) - 3_000L;
      nodes.add(new SimNode(i, this, genesis, new SimDisk(random), skewMs));
    }
  }

  Invariants invariants() {
    return invariants;
  }

  /** Throws AssertionError, or what an engine threw, when the law is broken. */
  void run() {
    runThroughFaults();
    heal();
    for (long end = nowMs + PATIENCE_MS; !isDone(); ) {
      Invariants.require(nowMs < end && !queue.isEmpty(), "I7: " + progress());
      steps(nowMs + 100);
    }
    steps(nowMs + 3_000);
    Invariants.require(isDone(), "I7: a node fell back");
  }

  /** Only the time of faults: the law holds, progress is not asked for. */
  void runThroughFaults() {
    boot();
    for (int i = 0; i < TRANSACTIONS; i++) {
      IdentifiedTransaction each = SimGenesis.transaction(i, i % 5 == 4);
      anytime(random.nextInt((int) FAULTS_MS), () -> client(each));
    }
    if (faults.partitions()) {
      anytime(500 + random.nextInt(1_000), this::cut);
    }
    steps(FAULTS_MS);
  }

  /** Nobody submits anything. */
  void runIdle() {
    boot();
    steps(FAULTS_MS);
  }

  private void boot() {
    nodes.forEach(node -> at(random.nextInt(500), node, () -> boot(node)));
  }

  List<SimNode> nodes() {
    return nodes;
  }

  private boolean isDone() {
    return invariants.committed().size() == TRANSACTIONS
        && acknowledged.size() == TRANSACTIONS
        && correct().allMatch(node -> node.disk.application.height >= invariants.height() - 1)
        && correct().allMatch(node -> holdsAll(node));
  }

  private boolean holdsAll(SimNode node) {
    return node.disk.application.committed.size() == TRANSACTIONS;
  }

  private Stream<SimNode> correct() {
    return nodes.stream().filter(node -> node.index != faults.liar());
  }

  private String progress() {
    StringBuilder text = new StringBuilder("no progress after healing");
    for (SimNode node : nodes) {
      text.append("\n  ").append(node.index).append(": ");
      text.append(node.isUp() ? node.engine().status() : "down");
    }
    return text.toString();
  }

  private void steps(long untilMs) {
    while (!queue.isEmpty() && queue.peek().atMs() <= untilMs) {
      Due next = queue.poll();
      nowMs = next.atMs();
      step(next);
    }
    nowMs = Math.max(nowMs, untilMs);
  }

  private void step(Due next) {
    if (next.node() < 0) {
      next.action().run();
      return;
    }
    SimNode node = nodes.get(next.node());
    if (next.incarnation() == node.incarnation()) {
      guarded(node, next.action());
    }
  }

  private void guarded(SimNode node, Runnable action) {
    stepping = true;
    try {
      action.run();
    } catch (CrashPoints.Crash crash) {
      node.crash();
      at(100 + random.nextInt(1_500), node, () -> boot(node));
    } finally {
      stepping = false;
    }
    if (node.index != faults.liar()) {
      invariants.audit(node);
    }
  }

  private void boot(SimNode node) {
    node.start();
    for (SimNode other : nodes) {
      if (other != node && other.isUp()) {
        node.engine().onPeerConnected(other.index);
        at(1, other, () -> other.engine().onPeerConnected(node.index));
      }
    }
  }

  /** Like an outbox: offers to some correct node again and again until that one has committed. */
  private void client(IdentifiedTransaction transaction) {
    SimNode node = nodes.get(random.nextInt(nodes.size()));
    if (node.isUp() && node.index != faults.liar()) {
      guarded(
          node,
          () -> {
            if (node.submit(transaction)) {
              acknowledged.add(transaction.id());
            }
          });
    }
    if (!acknowledged.contains(transaction.id())) {
      anytime(1_000, () -> client(transaction));
    }
  }

  void mayCrash(SimNode node, String point) {
    if (stepping && !healed && random.nextInt(1_000) < faults.crashPerMille()) {
      throw new CrashPoints.Crash(node.index + " " + point);
    }
  }

  private void cut() {
    if (healed) {
      return;
    }
    cutLinks.clear();
    if (random.nextBoolean()) {
      int side = 1 + random.nextInt((1 << nodes.size()) - 2);
      boolean oneWay = random.nextInt(3) == 0;
      for (int from = 0; from < nodes.size(); from++) {
        for (int to = 0; to < nodes.size(); to++) {
          boolean fromInside = (side >> from & 1) == 1;
          boolean toInside = (side >> to & 1) == 1;
          if (fromInside != toInside && (!oneWay || fromInside)) {
            cutLinks.add(link(from, to));
          }
        }
      }
    }
    anytime(300 + random.nextInt(2_000), this::cut);
  }

  private void heal() {
    healed = true;
    cutLinks.clear();
  }

  private static int link(int from, int to) {
    return from * 1_000 + to;
  }

  long nowMs() {
    return nowMs;
  }

  long startTimer(SimNode node, TimerId id, long delayMs) {
    long token = sequence;
    at(delayMs, node, () -> node.fire(id, token));
    return token;
  }

  void broadcast(SimNode from, PeerMessage message) {
    boolean own = message instanceof VoteMessage || message instanceof ProposalMessage;
    Invariants.require(
        !own || from.disk.log.isSynced(), "a message left before its log was synced");
    for (SimNode to : nodes) {
      if (to != from) {
        send(from, to.index, message);
      }
    }
  }

  void send(SimNode from, int to, PeerMessage message) {
    mayCrash(from, "send");
    if (from.index == faults.liar()) {
      liar.tell(message).forEach(each -> transmit(from, to, each));
    } else {
      invariants.onSaid(from.index, message);
      transmit(from, to, message);
    }
  }

  private void transmit(SimNode from, int to, PeerMessage message) {
    if (cutLinks.contains(link(from.index, to))
        || (!healed && random.nextInt(100) < faults.lossPercent())) {
      return;
    }
    deliver(from, to, message);
    if (!healed && random.nextInt(50) == 0) {
      deliver(from, to, message);
    }
  }

  private void deliver(SimNode from, int to, PeerMessage message) {
    SimNode node = nodes.get(to);
    long delayMs = 1L + random.nextInt(10);
    if (!healed && random.nextInt(20) == 0) {
      delayMs += random.nextInt(500);
    }
    at(
        delayMs,
        node,
        () -> {
          if (node.isUp()) {
            node.engine().onMessage(from.index, message);
          }
        });
  }

  private void at(long delayMs, SimNode node, Runnable action) {
    queue.add(new Due(nowMs + delayMs, sequence++, node.index, node.incarnation(), action));
  }

  private void anytime(long delayMs, Runnable action) {
    queue.add(new Due(nowMs + delayMs, sequence++, -1, 0, action));
  }
}
