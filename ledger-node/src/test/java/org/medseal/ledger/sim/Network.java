package org.medseal.ledger.sim;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VoteMessage;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.sim.Scenario.Links;

/** Links between hosts that lose, repeat, delay, reorder and part until they are healed. */
final class Network {
  private static final long TWIN_TURN_MS = 700;

  private static final int DEAF_MS = 1_500;

  private record Ear(int host, String kind, int validator, long height, int round) {}

  private final Links links;
  private final Random random;
  private final Schedule schedule;
  private final Sightings sightings;
  private final Trace trace;
  private final Set<Long> cut = new HashSet<>();
  private final Set<Integer> hidden = new HashSet<>();
  private final Map<Ear, Long> deaf = new HashMap<>(); // until when
  private final Director director;
  private int cutsLeft;
  private int hidingsLeft;
  private boolean healed;

  Network(Links links, Random random, Schedule schedule, Sightings sightings, Trace trace) {
    this.links = links;
    this.random = random;
    this.schedule = schedule;
    this.sightings = sightings;
    this.trace = trace;
    this.director = new Director(links.plots(), random, sightings);
    this.cutsLeft = links.cuts();
    this.hidingsLeft = links.hidings();
  }

  void heal() {
    healed = true;
    cut.clear();
    hidden.clear();
  }

  /** Parts the hosts in two, in both directions or one, for a while; or joins them again. */
  void cut(List<SimNode> hosts) {
    if (healed || cutsLeft == 0) {
      return;
    }
    if (cut.isEmpty()) {
      cutsLeft--;
      sightings.saw(Sight.CUTS);
      long side = random.nextLong();
      boolean oneWay = random.nextInt(3) == 0;
      for (SimNode from : hosts) {
        for (SimNode to : hosts) {
          boolean fromInside = (side >> from.host & 1) == 1;
          boolean toInside = (side >> to.host & 1) == 1;
          if (fromInside != toInside && (!oneWay || fromInside)) {
            cut.add(link(from, to));
          }
        }
      }
    } else {
      cut.clear();
    }
    trace.tell(schedule.nowMs(), cut.isEmpty() ? "links joined" : "links cut: " + cut);
    schedule.plan(300 + random.nextInt(1_500), () -> cut(hosts));
  }

  /** Nobody hears this host for a while: what it alone has decided others may have to decide. */
  void hide(SimNode host) {
    if (healed || hidingsLeft == 0 || random.nextBoolean() || !hidden.add(host.host)) {
      return;
    }
    hidingsLeft--;
    sightings.saw(Sight.HIDINGS);
    trace.tell(schedule.nowMs(), "host " + host.host + " is unheard from now on");
    schedule.plan(500 + random.nextInt(3_000), () -> hidden.remove(host.host));
  }

  /** Whether these two, of which one may be a twin, speak at present. */
  private boolean areLinked(SimNode from, SimNode to, boolean twins) {
    if (hidden.contains(from.host) || cut.contains(link(from, to))) {
      return false;
    }
    if (!twins) {
      return true;
    }
    long turn = schedule.nowMs() / TWIN_TURN_MS;
    int twin = Math.max(from.host, to.host);
    int other = Math.min(from.host, to.host);
    return (((turn * 31 + other * 7L) * 0x9E3779B97F4A7C15L) >>> 63) == (twin & 1);
  }

  /**
   * @param twins whether one end is one of two twins: each other host hears one of them at a time
   */
  void transmit(SimNode from, SimNode to, boolean twins, PeerMessage message) {
    sightings.saw(Sight.MESSAGES);
    if (!areLinked(from, to, twins)
        || (!healed && random.nextInt(100) < links.lossPercent())
        || isDeaf(to, message)) {
      sightings.saw(Sight.LOST);
      return;
    }
    long heldMs = healed ? 0 : director.heldUntilMs(to, message, schedule.nowMs());
    if (heldMs > 0) {
      sightings.saw(Sight.HELD_BACK);
      deliver(from, to, message, heldMs - schedule.nowMs());
      return;
    }
    deliver(from, to, message, 0);
    if (!healed && random.nextInt(100) < links.repeatPercent()) {
      sightings.saw(Sight.REPEATED);
      deliver(from, to, message, 0);
    }
  }

  private boolean isDeaf(SimNode to, PeerMessage message) {
    if (healed || links.deafPercent() == 0) {
      return false;
    }
    Ear ear;
    if (message instanceof VoteMessage sent) {
      Vote vote = sent.vote();
      ear = new Ear(to.host, vote.type().name(), vote.validator(), vote.height(), vote.round());
    } else if (message instanceof ProposalMessage sent) {
      Proposal offer = sent.proposal();
      ear = new Ear(to.host, "PROPOSAL", offer.proposer(), offer.height(), offer.round());
    } else {
      return false;
    }
    long untilMs =
        deaf.computeIfAbsent(
            ear,
            key ->
                random.nextInt(100) < links.deafPercent()
                    ? schedule.nowMs() + random.nextInt(DEAF_MS)
                    : 0);
    return schedule.nowMs() < untilMs;
  }

  private void deliver(SimNode from, SimNode to, PeerMessage message, long heldMs) {
    long delayMs = heldMs + 1L + random.nextInt(10);
    if (!healed && random.nextInt(100) < links.latePercent()) {
      sightings.saw(Sight.LATE);
      delayMs += random.nextInt(1_500);
    }
    schedule.plan(
        delayMs,
        to,
        () -> {
          if (to.isUp() && trace.isOn()) {
            trace.tell(
                schedule.nowMs(), from.host + " -> " + to.host + "  " + Trace.words(message));
          }
          to.hear(from.index, message);
        });
  }

  private static long link(SimNode from, SimNode to) {
    return from.host * 1_000L + to.host;
  }
}
