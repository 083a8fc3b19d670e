package org.medseal.ledger.sim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.medseal.ledger.engine.EngineStatus;
import org.medseal.ledger.engine.TrustedBlock;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VoteMessage;
import org.medseal.ledger.engine.embedded.TimerId;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.VoteType;

/** Four nodes of stake 30, 26, 24 and 20 in virtual time, of which the test moves each. */
final class Stage implements SimNode.World {
  static final List<Long> STAKES = List.of(30L, 26L, 24L, 20L);
  private static final long HOP_MS = 3;

  private final Schedule schedule = new Schedule();
  private final List<SimNode> nodes = new ArrayList<>();
  private final Set<List<Integer>> cut = new HashSet<>();
  private Optional<ProposalMessage> offered = Optional.empty();
  private int submitted;

  /**
   * @param skewsMs how far each node's wall clock is ahead
   */
  Stage(long... skewsMs) {
    Genesis genesis = SimGenesis.of(STAKES);
    for (int i = 0; i < STAKES.size(); i++) {
      long skewMs = skewsMs.length == 0 ? 0 : skewsMs[i];
      nodes.add(
          new SimNode(
              new SimNode.Identity(i, i, skewMs, true), this, genesis, new SimDisk(new Random(i))));
    }
    nodes.forEach(SimNode::start);
    for (SimNode node : nodes) {
      nodes.stream()
          .filter(other -> other != node)
          .forEach(other -> node.engine().onPeerConnected(other.index));
    }
    run(2_000);
  }

  SimNode node(int index) {
    return nodes.get(index);
  }

  EngineStatus status(int index) {
    return nodes.get(index).engine().status();
  }

  long height(int index) {
    return nodes.get(index).disk.application.height;
  }

  void run(long ms) {
    long until = schedule.nowMs() + ms;
    for (Optional<Schedule.Due> next = schedule.next(until);
        next.isPresent();
        next = schedule.next(until)) {
      boolean alive =
          next.get().node().map(each -> each.incarnation()).orElse(0L) == next.get().incarnation();
      if (alive) {
        next.get().action().run();
      }
    }
  }

  void submit(int index) {
    nodes.get(index).submit(SimGenesis.transaction(submitted++, false));
  }

  /** Its process ends; the others' connections break. */
  void stop(int index) {
    nodes.get(index).stop();
    nodes.stream().filter(SimNode::isUp).forEach(other -> other.engine().onPeerDisconnected(index));
  }

  /** Its process begins again, on the disk it had, with what its operator has set. */
  void start(int index, Optional<TrustedBlock> trusted) {
    SimNode node = nodes.get(index);
    node.trusted = trusted;
    node.start();
    for (SimNode other : nodes) {
      if (other != node && other.isUp()) {
        other.engine().onPeerConnected(index);
        node.engine().onPeerConnected(other.index);
      }
    }
  }

  /** Nothing gets through any more, but no connection breaks. */
  void cut(int one, int other) {
    cut.add(List.of(one, other));
    cut.add(List.of(other, one));
  }

  /** A validator's nil vote, said to every other node. */
  void sayNil(int validator, VoteType type, long height, int round) {
    for (SimNode to : nodes) {
      if (to.index != validator && to.isUp()) {
        sayNilTo(to, PeerWords.vote(type, height, round, Optional.empty(), validator));
      }
    }
  }

  /** One node alone hears it. */
  void sayNilTo(int to, int validator, long height) {
    sayNilTo(
        nodes.get(to), PeerWords.vote(VoteType.PREVOTE, height, 0, Optional.empty(), validator));
  }

  private static void sayNilTo(SimNode to, VoteMessage said) {
    to.engine().onMessage(said.vote().validator(), said);
  }

  @Override
  public long nowMs() {
    return schedule.nowMs();
  }

  @Override
  public long startTimer(SimNode node, TimerId id, long delayMs) {
    long[] token = new long[1];
    token[0] = schedule.plan(delayMs, node, () -> node.fire(id, token[0]));
    return token[0];
  }

  @Override
  public void send(SimNode from, int peer, PeerMessage message) {
    SimNode to = nodes.get(peer);
    if (!cut.contains(List.of(from.index, peer))) {
      schedule.plan(
          HOP_MS,
          to,
          () -> {
            if (to.isUp()) {
              to.engine().onMessage(from.index, message);
            }
          });
    }
  }

  /** The newest proposal that anybody made. */
  ProposalMessage offered() {
    return offered.orElseThrow();
  }

  @Override
  public void broadcast(SimNode from, PeerMessage message) {
    if (message instanceof ProposalMessage proposal) {
      offered = Optional.of(proposal);
    }
    for (SimNode to : nodes) {
      if (to != from) {
        send(from, to.index, message);
      }
    }
  }

  @Override
  public void mayCrash(SimNode node, String point) {}
}
