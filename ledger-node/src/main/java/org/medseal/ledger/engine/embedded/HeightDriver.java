package org.medseal.ledger.engine.embedded;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.consensus.Consensus;
import org.medseal.ledger.consensus.Effect;
import org.medseal.ledger.consensus.Event;
import org.medseal.ledger.consensus.HeightConfiguration;
import org.medseal.ledger.consensus.Step;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.Bodies.Body;
import org.medseal.ledger.engine.embedded.EngineException.Reason;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VoteMessage;
import org.medseal.ledger.engine.embedded.Reception.Refusal;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.model.Vote;

/**
 * Drives one height: verifies and logs what comes in, carries out what the core wants. Before it
 * signs, the log is synced: after a crash at any point it leads to the same words again, and the
 * sign-state gives the same signatures. Otherwise a slot could be signed and its content forgotten,
 * and nodes silent in one slot together would wait for each other for ever.
 */
final class HeightDriver {
  /** Signatures asked for before signing is open; the oldest go first. */
  private static final int MAX_HELD = 300;

  private final Parts parts;
  private final Consensus consensus;
  private final ValidatorSet validators;
  private final Proposing proposing;
  private final Bodies bodies = new Bodies();
  private final Reception reception;
  private final HeightLog log;
  private final Deque<Input> inputs = new ArrayDeque<>();
  private Optional<StoredBlock> decided = Optional.empty();
  private Optional<Effect.NeedBlock> missing = Optional.empty();
  private final Deque<Effect> held = new ArrayDeque<>();
  private boolean draining;

  private record Input(Event event, boolean logged) {}

  HeightDriver(Parts parts) {
    this.parts = parts;
    ChainState state = parts.chain().state();
    this.validators = state.validators();
    this.consensus =
        new Consensus(
            new HeightConfiguration(
                state.nextHeight(),
                state.rotation(),
                parts.self(validators),
                parts.settings().timeouts()));
    this.proposing = new Proposing(parts, consensus);
    this.log = new HeightLog(parts.environment().log(), bodies);
    this.reception = new Reception(parts, consensus, bodies, this::feed);
  }

  /** Takes the log of the height in once more; then says what had not been said yet. */
  void recover(List<byte[]> entries) {
    Replay replay = log.replay(entries, consensus, parts.rules()::refusal);
    draining = true;
    replay.unanswered(consensus).forEach(this::carryOut);
    draining = false;
    drain();
  }

  void start() {
    reception.start();
  }

  /** False when it is not what an honest node would have sent. */
  boolean receive(Proposal proposal, Block block) {
    return reception.receive(proposal, block);
  }

  /** False when it is not what an honest node would have sent. */
  boolean receive(Vote vote) {
    return reception.receive(vote);
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
          log.append(next.event());
        }
        consensus.on(next.event()).forEach(this::carryOut);
      }
    } finally {
      draining = false;
    }
    bodies.forgetUnless(consensus::needs);
  }

  private void carryOut(Effect effect) {
    if (isSigning(effect) && !maySign()) {
      hold(effect);
    } else if (effect instanceof Effect.SignVote sign) {
      log.sync();
      parts.own().sign(sign.unsigned(), key(sign.unsigned().validator())).ifPresent(this::say);
    } else if (effect instanceof Effect.SignProposal sign) {
      log.sync();
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

  private boolean maySign() {
    return !parts.gate().isWaiting() && parts.mayDecide();
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
    if (held.isEmpty() || !maySign()) {
      return;
    }
    List<Effect> due = List.copyOf(held); // what may not be signed after all is held anew
    held.clear();
    draining = true;
    try {
      for (Effect next : due) {
        if (!(next instanceof Effect.SignProposal sign) || isStillOffered(sign.unsigned())) {
          carryOut(next);
        }
      }
    } finally {
      draining = false;
    }
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
    log.append(event);
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
    return reception.refusal();
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
    return bodies.holdsValid(blockId);
  }

  Optional<Block> body(Hash blockId) {
    return bodies.block(blockId);
  }
}
