package org.medseal.ledger.engine.embedded;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.medseal.ledger.consensus.Consensus;
import org.medseal.ledger.consensus.Step;
import org.medseal.ledger.engine.EngineStatus.Cause;
import org.medseal.ledger.engine.EngineStatus.Peer;
import org.medseal.ledger.engine.EngineStatus.Quorum;
import org.medseal.ledger.engine.EngineStatus.Waiting;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

/** Finds the first thing that has to change before the next block, and says it. */
final class WaitingReason {
  private final Parts parts;
  private final HeightDriver driver;
  private final Consensus consensus;
  private final ValidatorSet validators;
  private final Quorum quorum;

  WaitingReason(Parts parts, HeightDriver driver, Quorum quorum) {
    this.parts = parts;
    this.driver = driver;
    this.consensus = driver.consensus();
    this.validators = consensus.configuration().validators();
    this.quorum = quorum;
  }

  Waiting waiting(boolean syncing, List<Peer> unheard, List<Peer> all) {
    List<Peer> away = unheard.stream().filter(each -> each.standing().stake() > 0).toList();
    boolean quorate = quorum.heard() >= quorum.needed();
    List<String> warnings = new ArrayList<>();
    ownClock().ifPresent(warnings::add);
    if (consensus.configuration().self().isEmpty()) {
      warnings.add(
          "this node does not vote at height "
              + consensus.height()
              + ": it is not in the validator set (jailed, tombstoned, leaving or not yet joined)");
    }
    Optional<TrustAnchor.Distrust> distrust = parts.distrust();
    distrust.map(TrustAnchor.Distrust::sentence).ifPresent(warnings::add);
    missingBelow().ifPresent(warnings::add);
    Optional<String> closed = parts.gate().closedBecause();
    closed.ifPresent(warnings::add);
    if (syncing) {
      return with(
          Cause.SYNCING,
          "fetching decided blocks from height " + consensus.height() + " on from a peer",
          warnings);
    }
    if (driver.missing().isPresent()) {
      return with(
          Cause.BLOCK_MISSING,
          "the block of height " + consensus.height() + " is decided, its body has not come yet",
          warnings);
    }
    if (distrust.isPresent()) {
      return with(distrust.get().cause(), distrust.get().sentence(), warnings);
    }
    if (!quorate) {
      String sentence = StatusWords.noQuorum(away, quorum);
      if (consensus.step() != Step.IDLE || parts.mempool().size() > 0) {
        return with(Cause.NO_QUORUM_CONNECTED, sentence, warnings);
      }
      warnings.add(sentence);
    }
    if (closed.isPresent() && consensus.step() != Step.IDLE) {
      return with(Cause.SILENT, closed.get(), warnings);
    }
    return ofRound(all, warnings);
  }

  private Optional<String> missingBelow() {
    long lowest = parts.environment().blocks().lowest();
    return lowest == 1
        ? Optional.empty()
        : Optional.of(
            "this node joined by a snapshot: blocks 1 to "
                + (lowest - 1)
                + " are not here yet and are fetched in the background");
  }

  private Waiting ofRound(List<Peer> peers, List<String> warnings) {
    return switch (consensus.step()) {
      case IDLE ->
          parts.mempool().size() == 0
              ? with(
                  Cause.NOTHING_PENDING, "nothing to decide: no transaction is pending", warnings)
              : with(Cause.COLLECTING, collecting(), warnings);
      case PROPOSE -> proposal(peers, warnings);
      case PREVOTE -> refusal(warnings).orElseGet(() -> votes(VoteType.PREVOTE, warnings));
      case PRECOMMIT -> refusal(warnings).orElseGet(() -> votes(VoteType.PRECOMMIT, warnings));
    };
  }

  private String collecting() {
    return parts.hasCandidate()
        ? "collecting transactions for the next block"
        : "the records pending wait for receipts of those who are to keep their chunks";
  }

  private Waiting proposal(List<Peer> peers, List<String> warnings) {
    int proposer = consensus.proposer(consensus.round());
    String name = validators.get(proposer).institution();
    boolean own = name.equals(parts.settings().institution());
    String seen =
        peers.stream()
            .filter(each -> each.institution().equals(name))
            .findFirst()
            .map(each -> ", which " + StatusWords.lastHeard(each))
            .orElse(own ? ", this node" : "");
    return with(
        Cause.PROPOSER,
        "waiting for the proposal of " + name + " in round " + consensus.round() + seen,
        warnings);
  }

  /** Of the present round: by this node, or, of an own proposal, by the others. */
  private Optional<Waiting> refusal(List<String> warnings) {
    Optional<Reception.Refusal> here =
        driver.refusal().filter(each -> each.round() == consensus.round());
    if (here.isPresent()) {
      Optional<String> clock = ownClock();
      return Optional.of(
          clock.isPresent()
              ? with(Cause.OWN_CLOCK, clock.get(), List.of())
              : with(Cause.PROPOSAL_REFUSED, here.map(this::words).get(), warnings));
    }
    List<String> against = againstOwnProposal();
    return against.isEmpty()
        ? Optional.empty()
        : Optional.of(
            with(
                Cause.PROPOSAL_REFUSED,
                "this node's proposal of round "
                    + consensus.round()
                    + " is refused by "
                    + String.join(", ", against)
                    + ": their status says why",
                warnings));
  }

  private String words(Reception.Refusal refused) {
    return "the proposal of "
        + validators.get(refused.proposer()).institution()
        + " in round "
        + refused.round()
        + " is refused here: "
        + refused.reason();
  }

  /** Whose prevotes are nil although this node's proposal is here, if they may stop it. */
  private List<String> againstOwnProposal() {
    int round = consensus.round();
    boolean own =
        consensus.configuration().self().stream()
            .anyMatch(each -> each == consensus.proposer(round));
    if (!own || consensus.messages().proposals(round).isEmpty()) {
      return List.of();
    }
    List<Validator> against =
        consensus.messages().votes(round, VoteType.PREVOTE).stream()
            .filter(each -> each.blockId().isEmpty())
            .map(Vote::validator)
            .map(validators::get)
            .toList();
    long power = against.stream().mapToLong(Validator::stake).sum();
    return validators.isSomeHonest(power)
        ? against.stream().map(Validator::institution).toList()
        : List.of();
  }

  private Optional<String> ownClock() {
    OptionalLong ahead = parts.clock().ownClockAheadMs(validators);
    return ahead.isEmpty()
        ? Optional.empty()
        : Optional.of(
            StatusWords.ownClock(ahead.getAsLong(), parts.clock().disagreeing(validators)));
  }

  private Waiting votes(VoteType type, List<String> warnings) {
    String name = type == VoteType.PREVOTE ? "prevotes" : "precommits";
    BitSet voted = consensus.messages().voters(consensus.round(), type);
    long power = voted.stream().mapToLong(each -> validators.get(each).stake()).sum();
    if (power >= quorum.needed()) {
      return with(
          Cause.VOTES_SPLIT,
          name + " of round " + consensus.round() + " are split; the next round follows",
          warnings);
    }
    String missing =
        validators.validators().stream()
            .filter(each -> !voted.get(each.index()))
            .map(Validator::institution)
            .collect(Collectors.joining(", "));
    return with(
        Cause.VOTES,
        "waiting for "
            + name
            + " of "
            + missing
            + " in round "
            + consensus.round()
            + ": "
            + (quorum.needed() - power)
            + " more of "
            + validators.totalStake()
            + " stake needed",
        warnings);
  }

  private Waiting with(Cause cause, String sentence, List<String> warnings) {
    return new Waiting(cause, sentence, quorum, warnings);
  }
}
