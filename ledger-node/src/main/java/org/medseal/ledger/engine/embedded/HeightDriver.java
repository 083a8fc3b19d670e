package org.medseal.ledger.engine.embedded;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.consensus.Consensus;
import org.medseal.ledger.consensus.Effect;
import org.medseal.ledger.consensus.Event;
import org.medseal.ledger.consensus.HeightConfiguration;
import org.medseal.ledger.consensus.Step;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.EngineException.Reason;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VoteMessage;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

/**
 * Drives one height: verifies and logs what comes in, carries out what the core wants. Before it
 * signs, the log is synced: after a crash at any point it leads to the same words again, and the
 * sign-state gives the same signatures. Otherwise a slot could be signed and its content forgotten,
 * and nodes silent in one slot together would wait for each other for ever.
 */
final class HeightDriver {
  private static final int MAX_FAR_VOTES = 1_000;

  /** Signatures asked for before signing is open; the oldest go first. */
  private static final int MAX_HELD = 300;

  private final Parts parts;
  private final Consensus consensus;
  private final ValidatorSet validators;
  private final Proposing proposing;
  private final Map<Hash, Body> bodies = new HashMap<>();
  private final Set<Hash> loggedBodies = new HashSet<>();
  private final Deque<Input> inputs = new ArrayDeque<>();
  private Optional<StoredBlock> decided = Optional.empty();
  private Optional<Effect.NeedBlock> missing = Optional.empty();
  private Optional<Refusal> refusal = Optional.empty();
  private final Deque<Effect> held = new ArrayDeque<>();
  private final int[] farVotes;
  private boolean draining;
  private boolean unsynced = true; // also what was read from the log may not be durable yet

  private record Body(Block block, Optional<String> refusal) {
    boolean valid() {
      return refusal.isEmpty();
    }
  }

  /** Why this node prevoted nil on a proposal. */
  record Refusal(int round, int proposer, String reason) {}

  private record Input(Event event, boolean logged) {}

  HeightDriver(Parts parts) {
    this.parts = parts;
    ChainState state = parts.chain().state();
    this.validators = state.validators();
    this.farVotes = new int[validators.size()];
    this.consensus =
        new Consensus(
            new HeightConfiguration(
                state.nextHeight(),
                state.rotation(),
                parts.self(validators),
                parts.settings().timeouts()));
    this.proposing = new Proposing(parts, consensus);
  }

  /** Takes the log of the height in once more; then says what had not been said yet. */
  void recover(List<byte[]> entries) {
    Replay replay = new Replay();
    for (byte[] each : entries) {
      try {
        LogEntry entry = LogEntry.decode(each);
        entry.block().ifPresent(block -> learn(entry.event(), block));
        replay.take(entry.event(), consensus.on(entry.event()));
      } catch (CodecException e) {
        throw new EngineException(Reason.DAMAGED_STORE, "the engine's log does not decode", e);
      }
    }
    draining = true;
    replay.unanswered(consensus).forEach(this::carryOut);
    draining = false;
    drain();
  }

  private void learn(Event event, Block block) {
    boolean valid = !(event instanceof Event.ProposalReceived received) || received.valid();
    Hash id = Blocks.id(block.header());
    bodies.put(
        id,
        new Body(
            block, valid ? Optional.empty() : Optional.of("it broke a rule before the restart")));
    loggedBodies.add(id);
  }

  void start() {
    if (consensus.step() == Step.IDLE) {
      feed(new Event.Started());
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
            && parts.rules().isWhole(block);
    if (!authentic) {
      return false;
    }
    if (parts.self(validators).equals(OptionalInt.of(proposal.proposer()))) {
      parts.gate().saw(proposal);
    }
    if (consensus.step() == Step.IDLE && isEmpty(block)) {
      return true; // whoever offers nothing is not a reason to begin; it is told again if needed
    }
    start();
    Body body =
        bodies.computeIfAbsent(
            proposal.blockId(), id -> new Body(block, parts.rules().refusal(block)));
    boolean fresh = proposal.validRound() == -1;
    long aheadMs = block.header().timeMs() - parts.environment().nowMs();
    if (fresh) {
      parts.clock().saw(validators.get(proposal.proposer()).institution(), aheadMs);
    }
    boolean own = !fresh || block.header().proposer() == proposal.proposer();
    boolean timely = parts.clock().isTimely(aheadMs);
    note(proposal, own ? body.refusal() : Optional.of("another validator built it"), aheadMs);
    feed(new Event.ProposalReceived(proposal, body.valid() && own, timely));
    return true;
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
    feed(new Event.VoteReceived(vote));
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

  void timedOut(TimerId timer, Step step) {
    if (timer.height() != consensus.height() || timer.round() != consensus.round()) {
      return;
    }
    feed(new Event.TimedOut(timer.height(), timer.round(), step));
  }

  /** There is something to propose, or no more time to wait for it. */
  void build(TimerId timer) {
    proposing.due(timer).ifPresent(this::offer);
  }

  /** A transaction has come; an empty-handed proposer need not wait much longer. */
  void transactionsArrived() {
    proposing.hurry();
  }

  private void offer(Proposing.Offer offer) {
    Hash id = Blocks.id(offer.block().header());
    bodies.put(id, new Body(offer.block(), Optional.empty()));
    feed(new Event.Proposed(offer.round(), id));
  }

  private void feed(Event event) {
    inputs.add(new Input(event, false));
    drain();
  }

  private void drain() {
    if (draining) {
      return;
    }
    draining = true;
    try {
      for (Input next = inputs.poll(); next != null; next = inputs.poll()) {
        if (!next.logged()) {
          log(next.event());
        }
        consensus.on(next.event()).forEach(this::carryOut);
      }
    } finally {
      draining = false;
    }
    bodies.keySet().removeIf(id -> bodies.size() > 2 && !consensus.needs(id));
  }

  private void syncLog() {
    if (unsynced) {
      parts.environment().log().sync();
      unsynced = false;
    }
  }

  private void log(Event event) {
    Optional<Hash> mentioned = Optional.empty();
    if (event instanceof Event.ProposalReceived received) {
      mentioned = Optional.of(received.proposal().blockId());
    } else if (event instanceof Event.Proposed proposed) {
      mentioned = Optional.of(proposed.blockId());
    }
    Optional<Block> body = mentioned.filter(loggedBodies::add).map(bodies::get).map(Body::block);
    parts.environment().log().append(new LogEntry(event, body).encode());
    unsynced = true;
  }

  private void carryOut(Effect effect) {
    if (parts.gate().isWaiting() && isSigning(effect)) {
      hold(effect);
    } else if (effect instanceof Effect.SignVote sign) {
      syncLog();
      parts.own().sign(sign.unsigned(), key(sign.unsigned().validator())).ifPresent(this::say);
    } else if (effect instanceof Effect.SignProposal sign) {
      syncLog();
      parts.own().sign(sign.unsigned(), key(sign.unsigned().proposer())).ifPresent(this::say);
    } else if (effect instanceof Effect.StartTimer start) {
      TimerId id = new TimerId(kind(start.step()), start.height(), start.round());
      parts.environment().startTimer(id, start.delayMs());
    } else if (effect instanceof Effect.RequestProposal request) {
      proposing.requested(request.round()).ifPresent(this::offer);
    } else if (effect instanceof Effect.Decide decide) {
      Block block = body(decide.certificate().blockId()).orElseThrow();
      decided = Optional.of(new StoredBlock(block, decide.certificate()));
    } else if (effect instanceof Effect.ReportEvidence report) {
      parts.evidence().add(report.evidence());
    } else if (effect instanceof Effect.NeedBlock need) {
      missing = Optional.of(need);
    }
  }

  private static boolean isSigning(Effect effect) {
    return effect instanceof Effect.SignVote || effect instanceof Effect.SignProposal;
  }

  private void hold(Effect effect) {
    if (held.size() == MAX_HELD) {
      held.removeFirst();
    }
    held.addLast(effect);
  }

  /** Says what was to be signed before signing was open; as good as a message that was late. */
  void release() {
    if (held.isEmpty() || parts.gate().isWaiting()) {
      return;
    }
    draining = true;
    for (Effect next = held.poll(); next != null; next = held.poll()) {
      if (!(next instanceof Effect.SignProposal sign) || isStillOffered(sign.unsigned())) {
        carryOut(next);
      }
    }
    draining = false;
    drain();
  }

  private boolean isStillOffered(Proposal proposal) {
    return proposal.round() == consensus.round() && body(proposal.blockId()).isPresent();
  }

  private Bytes key(int validator) {
    return validators.get(validator).key();
  }

  private void say(Vote vote) {
    say(new Event.VoteReceived(vote), new VoteMessage(vote));
  }

  private void say(Proposal proposal) {
    Block block = body(proposal.blockId()).orElseThrow();
    say(new Event.ProposalReceived(proposal, true, true), new ProposalMessage(proposal, block));
  }

  private void say(Event event, PeerMessage message) {
    log(event);
    parts.environment().broadcast(message);
    inputs.add(new Input(event, true));
  }

  static TimerId.Kind kind(Step step) {
    return switch (step) {
      case PROPOSE -> TimerId.Kind.PROPOSE;
      case PREVOTE -> TimerId.Kind.PREVOTE;
      case PRECOMMIT -> TimerId.Kind.PRECOMMIT;
      case IDLE -> throw new EngineException(Reason.INVARIANT, "no timer belongs to IDLE");
    };
  }

  Consensus consensus() {
    return consensus;
  }

  /** The block this height ended with. */
  Optional<StoredBlock> decided() {
    return decided;
  }

  /** The latest proposal that this node did not accept. */
  Optional<Refusal> refusal() {
    return refusal;
  }

  /** A block known to be decided whose body has not come. */
  Optional<Effect.NeedBlock> missing() {
    return missing;
  }

  /** Blocks kept in memory. */
  int bodiesHeld() {
    return bodies.size();
  }

  boolean holdsValid(Hash blockId) {
    return Optional.ofNullable(bodies.get(blockId)).map(Body::valid).orElse(false);
  }

  Optional<Block> body(Hash blockId) {
    return Optional.ofNullable(bodies.get(blockId)).map(Body::block);
  }
}
