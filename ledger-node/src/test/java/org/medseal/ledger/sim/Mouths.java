package org.medseal.ledger.sim;

import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotMessage;
import org.medseal.ledger.engine.embedded.PeerMessages;

/** What hosts say to each other: what their engine wants said, or what a liar makes of it. */
final class Mouths {
  private static final int MAX_BYTES = 1 << 22;

  private final Simulation world;
  private final Scenario.Cast cast;
  private final Law law;
  private final Network network;
  private final Schedule schedule;
  private final TreeMap<Integer, Liar> liars = new TreeMap<>(); // by host

  Mouths(Simulation world, Scenario.Cast cast, Law law, Network network, Schedule schedule) {
    this.world = world;
    this.cast = cast;
    this.law = law;
    this.network = network;
    this.schedule = schedule;
  }

  /** From now on this host lies as its institution is cast. */
  void lies(SimNode node, Random random) {
    liars.put(node.host, new Liar(node.index, cast.liars().get(node.index), random));
  }

  void send(SimNode from, int to, PeerMessage message) {
    Optional<Liar> liar = Optional.ofNullable(liars.get(from.host));
    if (liar.isEmpty()) {
      law.onSaid(from, message, true);
      world.mayCrash(from, "sending");
      transmit(from, to, message);
      return;
    }
    for (Liar.Spoken each : liar.get().tell(to, message, schedule.nowMs())) {
      if (isReadable(each.message())) {
        lie(from, to, each, message);
      }
    }
  }

  private void lie(SimNode from, int to, Liar.Spoken spoken, PeerMessage truth) {
    law.onSaid(from, spoken.message(), false);
    boolean answers = truth instanceof SnapshotMessage && !spoken.equals(new Liar.Spoken(truth, 0));
    world.sightings().saw(Sight.FALSE_PARTS, answers ? 1 : 0);
    if (spoken.laterMs() == 0) {
      transmit(from, to, spoken.message());
    } else {
      schedule.plan(spoken.laterMs(), () -> transmit(from, to, spoken.message()));
    }
  }

  /** What does not decode ends at the receiver's door. */
  private static boolean isReadable(PeerMessage message) {
    try {
      PeerMessages.decode(PeerMessages.encode(message), MAX_BYTES);
      return true;
    } catch (CodecException e) {
      return false;
    }
  }

  private void transmit(SimNode from, int to, PeerMessage message) {
    for (SimNode host : world.nodes()) {
      if (host.index == to) {
        Optional.ofNullable(liars.get(host.host)).ifPresent(liar -> liar.overhear(message));
        boolean twins = cast.tells(from.index, Lie.TWINS) || cast.tells(host.index, Lie.TWINS);
        network.transmit(from, host, twins, message);
      }
    }
  }
}
