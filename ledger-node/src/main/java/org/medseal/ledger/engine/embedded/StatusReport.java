package org.medseal.ledger.engine.embedded;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.medseal.ledger.consensus.Consensus;
import org.medseal.ledger.consensus.Step;
import org.medseal.ledger.engine.EngineStatus;
import org.medseal.ledger.engine.EngineStatus.Peer;
import org.medseal.ledger.engine.EngineStatus.Quorum;
import org.medseal.ledger.engine.EngineStatus.Standing;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.model.VoteType;

/** Where the node stands and what it sees of the others; {@link WaitingReason} says why. */
final class StatusReport {
  /** So many statuses of an idle peer may be lost before it counts as away. */
  private static final int MISSED_STATUSES = 4;

  private final Parts parts;
  private final Peers peers;
  private final BlockSync sync;

  StatusReport(Parts parts, Peers peers, BlockSync sync) {
    this.parts = parts;
    this.peers = peers;
    this.sync = sync;
  }

  EngineStatus of(HeightDriver driver) {
    ChainState state = parts.chain().state();
    Consensus consensus = driver.consensus();
    List<Peer> seen = peerList(consensus);
    WaitingReason reason = new WaitingReason(parts, driver, quorum(consensus, seen));
    return new EngineStatus(
        state.height(),
        state.blockId(),
        consensus.round(),
        consensus.step().name(),
        reason.waiting(
            sync.isAsking(), seen.stream().filter(each -> !isHeard(each)).toList(), seen),
        parts.mempool().size(),
        seen);
  }

  private List<Peer> peerList(Consensus consensus) {
    long nowMs = parts.environment().monotonicMs();
    var institutions = parts.application().institutions();
    List<Peer> list = new ArrayList<>();
    for (int i = 0; i < Math.min(institutions.size(), peers.size()); i++) {
      String name = institutions.get(i);
      PeerState peer = peers.get(i);
      if (!name.equals(parts.settings().institution())) {
        long age = peer.lastSeenMs() < 0 ? -1 : nowMs - peer.lastSeenMs();
        list.add(
            new Peer(
                name,
                peer.isConnected(),
                peer.height(),
                peer.heard().map(PeerState.Heard::round).orElse(-1),
                peer.heard().map(each -> each.step().name()).orElse(""),
                age,
                standing(consensus, name),
                ""));
      }
    }
    return list;
  }

  private static Standing standing(Consensus consensus, String institution) {
    return consensus.configuration().validators().validators().stream()
        .filter(each -> each.institution().equals(institution))
        .findFirst()
        .map(
            each ->
                new Standing(
                    each.stake(),
                    voters(consensus, VoteType.PREVOTE).get(each.index()),
                    voters(consensus, VoteType.PRECOMMIT).get(each.index())))
        .orElse(Standing.NONE);
  }

  private Quorum quorum(Consensus consensus, List<Peer> seen) {
    ValidatorSet validators = consensus.configuration().validators();
    long own =
        consensus.configuration().self().stream()
            .mapToLong(each -> validators.get(each).stake())
            .sum();
    long others =
        seen.stream().filter(this::isHeard).mapToLong(each -> each.standing().stake()).sum();
    return new Quorum(
        validators.totalStake(),
        Math.multiplyExact(2, validators.totalStake()) / 3 + 1,
        own + others,
        power(validators, voters(consensus, VoteType.PREVOTE)),
        power(validators, voters(consensus, VoteType.PRECOMMIT)));
  }

  /** A connection over which nothing comes is none. */
  private boolean isHeard(Peer peer) {
    long awayMs = MISSED_STATUSES * parts.settings().pacing().idleStatusMs();
    return peer.connected() && peer.lastSeenMs() >= 0 && peer.lastSeenMs() <= awayMs;
  }

  private static BitSet voters(Consensus consensus, VoteType type) {
    return consensus.messages().voters(consensus.round(), type);
  }

  private static long power(ValidatorSet validators, BitSet voters) {
    return voters.stream().mapToObj(validators::get).mapToLong(Validator::stake).sum();
  }

  static boolean isWorking(HeightDriver driver) {
    return driver.consensus().step() != Step.IDLE;
  }
}
