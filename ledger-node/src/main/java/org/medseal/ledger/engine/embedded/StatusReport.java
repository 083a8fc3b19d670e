package org.medseal.ledger.engine.embedded;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import org.medseal.ledger.consensus.Consensus;
import org.medseal.ledger.consensus.Step;
import org.medseal.ledger.engine.EngineStatus;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.model.VoteType;

/** Where the node stands, and in one sentence why it is not committing. */
final class StatusReport {
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
    return new EngineStatus(
        state.height(),
        state.blockId(),
        consensus.round(),
        consensus.step().name(),
        waitingFor(driver),
        parts.mempool().size(),
        peerList());
  }

  private List<EngineStatus.Peer> peerList() {
    long nowMs = parts.environment().monotonicMs();
    var institutions = parts.settings().genesis().institutions();
    List<EngineStatus.Peer> list = new ArrayList<>();
    for (int i = 0; i < institutions.size(); i++) {
      String name = institutions.get(i).name();
      PeerState peer = peers.get(i);
      if (!name.equals(parts.settings().institution())) {
        long age = peer.lastSeenMs() < 0 ? -1 : nowMs - peer.lastSeenMs();
        list.add(new EngineStatus.Peer(name, peer.isConnected(), peer.height(), age));
      }
    }
    return list;
  }

  private String waitingFor(HeightDriver driver) {
    Consensus consensus = driver.consensus();
    if (sync.isAsking()) {
      return "fetching decided blocks from height " + consensus.height() + " on from a peer";
    }
    if (driver.missing().isPresent()) {
      return "the block of height " + consensus.height() + " is decided, its body has not come yet";
    }
    return switch (consensus.step()) {
      case IDLE -> "nothing to decide: no transaction is pending";
      case PROPOSE ->
          "waiting for the proposal of "
              + consensus
                  .configuration()
                  .validators()
                  .get(consensus.proposer(consensus.round()))
                  .institution()
              + " in round "
              + consensus.round();
      case PREVOTE -> votes(consensus, VoteType.PREVOTE, "prevotes");
      case PRECOMMIT -> votes(consensus, VoteType.PRECOMMIT, "precommits");
    };
  }

  private static String votes(Consensus consensus, VoteType type, String name) {
    ValidatorSet validators = consensus.configuration().validators();
    BitSet voted = consensus.messages().voters(consensus.round(), type);
    String missing =
        validators.validators().stream()
            .filter(each -> !voted.get(each.index()))
            .map(Validator::institution)
            .collect(Collectors.joining(", "));
    long power = voted.stream().mapToLong(each -> validators.get(each).stake()).sum();
    long needed = 2 * validators.totalStake() / 3 + 1;
    if (power >= needed) {
      return name + " of round " + consensus.round() + " are split; the next round follows";
    }
    return "waiting for "
        + name
        + " of "
        + missing
        + " in round "
        + consensus.round()
        + ": "
        + (needed - power)
        + " more of "
        + validators.totalStake()
        + " stake needed";
  }

  static boolean isWorking(HeightDriver driver) {
    return driver.consensus().step() != Step.IDLE;
  }
}
