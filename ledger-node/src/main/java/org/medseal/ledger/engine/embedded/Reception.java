package org.medseal.ledger.engine.embedded;

import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.consensus.Consensus;
import org.medseal.ledger.consensus.Event;
import org.medseal.ledger.consensus.Step;
import org.medseal.ledger.engine.embedded.Bodies.Body;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

/** Judges what comes in for one height, cheapest first, and feeds the core what holds. */
final class Reception {
  private static final int MAX_FAR_VOTES = 1_000;

  private final Parts parts;
  private final Consensus consensus;
  private final ValidatorSet validators;
  private final Bodies bodies;
  private final Consumer<Event> feed;
  private final int[] farVotes;
  private Optional<Refusal> refusal = Optional.empty();

  /** Why this node prevoted nil on a proposal. */
  record Refusal(int round, int proposer, String reason) {}

  Reception(Parts parts, Consensus consensus, Bodies bodies, Consumer<Event> feed) {
    this.parts = parts;
    this.consensus = consensus;
    this.validators = consensus.configuration().validators();
    this.bodies = bodies;
    this.feed = feed;
    this.farVotes = new int[validators.size()];
  }

  void start() {
    if (consensus.step() == Step.IDLE) {
      feed.accept(new Event.Started());
    }
  }

  /** False when it is not what an honest node would have sent. */
  boolean receive(Proposal proposal, Block block) {
    if (!Consensus.isWellFormed(proposal)) {
      return false;
    }
    if (consensus.isDecided() || proposal.round() > consensus.round() + 1) {
      return true;
    }
    if (proposal.proposer() != consensus.proposer(proposal.round())) {
      return false;
    }
    if (!consensus.wants(proposal)) {
      return true; // else it would be executed and logged, but never kept: without end
    }
    boolean authentic =
        parts.signatures().isSigned(proposal, validators)
            && Blocks.id(block.header()).equals(proposal.blockId())
            && BlockRules.isWhole(block);
    if (!authentic) {
      return false;
    }
    if (parts.self(validators).equals(OptionalInt.of(proposal.proposer()))) {
      parts.gate().saw(proposal);
    }
    if (consensus.step() == Step.IDLE && isEmpty(block) && !isHeartbeat(block)) {
      return true; // whoever offers nothing is not a reason to begin; it is told again if needed
    }
    start();
    Body body = bodies.learn(proposal.blockId(), block, parts.rules()::refusal);
    boolean fresh = proposal.validRound() == -1;
    long aheadMs = block.header().timeMs() - parts.environment().nowMs();
    if (fresh) {
      parts.clock().saw(validators.get(proposal.proposer()).institution(), aheadMs);
    }
    boolean own = !fresh || block.header().proposer() == proposal.proposer();
    boolean timely = parts.clock().isTimely(aheadMs);
    note(proposal, own ? body.refusal() : Optional.of("another validator built it"), aheadMs);
    feed.accept(new Event.ProposalReceived(proposal, body.isValid() && own, timely));
    return true;
  }

  /** Due by its own time, which the clock here confirms. */
  private boolean isHeartbeat(Block block) {
    long timeMs = block.header().timeMs();
    return parts.anchor().isHeartbeat(parts.chain().state(), timeMs)
        && parts.clock().isTimely(timeMs - parts.environment().nowMs());
  }

  private static boolean isEmpty(Block block) {
    return block.transactions().isEmpty()
        && block.evidence().isEmpty()
        && block.replicaReceipts().isEmpty();
  }

  private void note(Proposal proposal, Optional<String> fault, long aheadMs) {
    boolean late = proposal.validRound() == -1 && !parts.clock().isTimely(aheadMs);
    Optional<String> clock =
        late ? Optional.of(StatusWords.clockOfBlock(aheadMs)) : Optional.empty();
    fault
        .or(() -> clock)
        .ifPresent(
            reason ->
                refusal = Optional.of(new Refusal(proposal.round(), proposal.proposer(), reason)));
  }

  /** False when it is not what an honest node would have sent. */
  boolean receive(Vote vote) {
    if (!consensus.wants(vote) || isFlood(vote)) {
      return true;
    }
    if (!parts.signatures().isSigned(vote, validators)) {
      return false;
    }
    if (parts.self(validators).equals(OptionalInt.of(vote.validator()))) {
      parts.gate().saw(vote);
    }
    feed.accept(new Event.VoteReceived(vote));
    if (consensus.step() == Step.IDLE && hasSomeHonestSpoken()) {
      start();
    }
    return true;
  }

  /** The votes of a third alone do not begin a height in which there is nothing to decide. */
  private boolean hasSomeHonestSpoken() {
    BitSet spoke = new BitSet();
    for (int round : consensus.messages().rounds()) {
      for (VoteType type : VoteType.values()) {
        spoke.or(consensus.messages().voters(round, type));
      }
    }
    return validators.isSomeHonest(
        spoke.stream().mapToLong(each -> validators.get(each).stake()).sum());
  }

  /** Each far round displaces the one before, but all go into the log: so not without end. */
  private boolean isFlood(Vote vote) {
    return vote.round() > consensus.round() + 1 && ++farVotes[vote.validator()] > MAX_FAR_VOTES;
  }

  /** The latest proposal that this node did not accept. */
  Optional<Refusal> refusal() {
    return refusal;
  }
}
