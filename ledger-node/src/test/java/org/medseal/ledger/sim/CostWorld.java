package org.medseal.ledger.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.PeerMessages;
import org.medseal.ledger.engine.embedded.SignatureCheck;
import org.medseal.ledger.engine.embedded.TimerId;
import org.medseal.ledger.model.Genesis;

/** Honest validators of equal stake on links of one delay; computing and disks take no time. */
final class CostWorld implements SimNode.World {
  private static final long PATIENCE_MS = 60_000;
  private static final int FRAME_BYTES = 5;
  private static final int TRANSACTION_BYTES = 1_000;

  private final int size;
  private final long delayMs;
  private final Schedule schedule = new Schedule();
  private final List<SimNode> nodes = new ArrayList<>();
  private long messages;
  private long bytes;
  private long checks;
  private int submitted;

  /** What all nodes together spent since the start, and the virtual time. */
  record Spent(long messages, long bytes, long checks, long nowMs) {
    Spent since(Spent before) {
      return new Spent(
          messages - before.messages,
          bytes - before.bytes,
          checks - before.checks,
          nowMs - before.nowMs);
    }
  }

  CostWorld(int size, long delayMs) {
    this.size = size;
    this.delayMs = delayMs;
    Genesis genesis = SimGenesis.of(Collections.nCopies(size, 10L));
    for (int i = 0; i < size; i++) {
      SimNode.Identity identity = new SimNode.Identity(i, i, 0, true);
      nodes.add(new SimNode(identity, this, genesis, new SimDisk(new Random(i))));
    }
    nodes.forEach(SimNode::start);
    for (SimNode from : nodes) {
      for (SimNode to : nodes) {
        if (from != to) {
          from.engine().onPeerConnected(to.index);
        }
      }
    }
    steps(schedule.nowMs() + 20 * delayMs);
  }

  Spent spent() {
    return new Spent(messages, bytes, checks, schedule.nowMs());
  }

  /** Transactions at one node, until every node has committed them. */
  void decide(int transactions) {
    SimNode node = nodes.get(submitted % size);
    for (int i = 0; i < transactions; i++) {
      node.submit(SimGenesis.transaction(submitted++, false, TRANSACTION_BYTES));
    }
    for (long end = schedule.nowMs() + PATIENCE_MS; !isEverywhere(); ) {
      Law.require(schedule.nowMs() < end, "nothing is decided");
      steps(schedule.nowMs() + 1);
    }
  }

  private boolean isEverywhere() {
    return nodes.stream().allMatch(each -> each.disk.application.committed.size() == submitted);
  }

  private void steps(long untilMs) {
    for (Optional<Schedule.Due> next = schedule.next(untilMs);
        next.isPresent();
        next = schedule.next(untilMs)) {
      next.get().action().run();
    }
  }

  @Override
  public long nowMs() {
    return schedule.nowMs();
  }

  @Override
  public long startTimer(SimNode node, TimerId id, long timerMs) {
    long[] token = new long[1];
    token[0] = schedule.plan(timerMs, node, () -> node.fire(id, token[0]));
    return token[0];
  }

  @Override
  public void send(SimNode from, int peer, PeerMessage message) {
    send(from, peer, message, FRAME_BYTES + PeerMessages.encode(message).length);
  }

  private void send(SimNode from, int peer, PeerMessage message, int length) {
    messages++;
    bytes += length;
    SimNode to = nodes.get(peer);
    schedule.plan(delayMs, to, () -> to.engine().onMessage(from.index, message));
  }

  @Override
  public void broadcast(SimNode from, PeerMessage message) {
    int length = FRAME_BYTES + PeerMessages.encode(message).length;
    for (int peer = 0; peer < size; peer++) {
      if (peer != from.index) {
        send(from, peer, message, length);
      }
    }
  }

  @Override
  public void mayCrash(SimNode node, String point) {}

  @Override
  public SignatureCheck check() {
    return (key, message, signature) -> {
      checks++;
      return SimKeys.CHECK.verify(key, message, signature);
    };
  }
}
