package org.medseal.ledger.sim;

import static org.medseal.ledger.sim.Law.require;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.medseal.ledger.consensus.Consensus;
import org.medseal.ledger.consensus.Step;
import org.medseal.ledger.engine.embedded.EngineProbe;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.VoteType;

/** What a correct node's memory is held to: I4 within one life, I8. */
final class StateLaw {
  private static final int MOST_ROUNDS = 2 * 64 + 16;
  private static final int MOST_BODIES = 2 * MOST_ROUNDS;

  private final Sightings sightings;
  private final Map<SimNode, Seen> seen = new HashMap<>();

  private record Seen(
      long life, long height, int round, int lockedRound, Optional<Hash> locked, int validRound) {
    boolean isBefore(Seen later) {
      return life == later.life && height == later.height;
    }
  }

  StateLaw(Sightings sightings) {
    this.sightings = sightings;
  }

  void audit(SimNode node) {
    EngineProbe probe = new EngineProbe(node.engine());
    Consensus now = probe.consensus();
    Seen current =
        new Seen(
            node.incarnation(),
            now.height(),
            now.round(),
            now.lockedRound(),
            now.lockedValue(),
            now.validRound());
    Optional<Seen> before = Optional.ofNullable(seen.put(node, current));
    require(current.lockedRound() <= current.validRound(), "I4: locked above the valid round");
    require(current.validRound() <= current.round(), "I4: valid round ahead of the round");
    before.filter(each -> each.isBefore(current)).ifPresent(each -> requireForward(each, current));
    if (!before.equals(Optional.of(current))) {
      compare(node, current);
      require(now.messages().rounds().size() <= MOST_ROUNDS, "I8: rounds kept");
      require(probe.bodiesHeld() <= MOST_BODIES, "I8: blocks kept in memory");
      require(node.disk.log.size() < 50_000, "I8: the log of a height grows without bound");
      require(node.pending() <= 1_000, "I8: pending transactions");
    }
    requireRemembered(node, probe);
  }

  private static void requireForward(Seen before, Seen now) {
    require(before.round() <= now.round(), "I4: the round fell");
    require(before.lockedRound() <= now.lockedRound(), "I4: the locked round fell");
    require(before.validRound() <= now.validRound(), "I4: the valid round fell");
    require(
        before.lockedRound() < now.lockedRound() || before.locked().equals(now.locked()),
        "I4: the lock changed within its round");
  }

  /** U4: a block with a quorum of prevotes in the present round is the valid one, voted or not. */
  private static void requireRemembered(SimNode node, EngineProbe probe) {
    Consensus now = probe.consensus();
    if (now.isDecided() || now.step().compareTo(Step.PREVOTE) < 0) {
      return;
    }
    Optional<Hash> quorum =
        now.messages().majority(now.round(), VoteType.PREVOTE).filter(probe::isOffered);
    require(
        quorum.isEmpty() || now.validRound() == now.round(),
        "I4: node " + node.index + " has forgotten a block with a quorum");
  }

  private void compare(SimNode node, Seen now) {
    if (now.validRound() > now.lockedRound()) {
      sightings.saw(Sight.HIDDEN_LOCKS);
    }
    if (now.locked().isEmpty()) {
      return;
    }
    boolean conflict =
        seen.entrySet().stream()
            .filter(each -> each.getKey() != node && each.getValue().height() == now.height())
            .map(each -> each.getValue().locked())
            .anyMatch(other -> other.isPresent() && !other.equals(now.locked()));
    if (conflict) {
      sightings.saw(Sight.LOCK_CONFLICTS);
    }
  }
}
