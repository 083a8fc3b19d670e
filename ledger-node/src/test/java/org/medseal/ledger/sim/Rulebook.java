package org.medseal.ledger.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.medseal.ledger.consensus.Event;
import org.medseal.ledger.consensus.ProposerRotation;
import org.medseal.ledger.consensus.Step;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

/**
 * Algorithm 1 of arXiv 1807.04938 for one validator and height, written down a second time and
 * naively, without the engine's code and bounds: what the rules allow and demand after the events
 * of a log. Exact for the first {@link #ROUNDS} rounds, before the engine begins to forget.
 */
final class Rulebook {
  static final int ROUNDS = 60;

  private final long height;
  private final int self;
  private final ValidatorSet validators;
  private final Hearing hearing;
  private final Map<Integer, Integer> proposers = new HashMap<>();
  private ProposerRotation rotation;
  private int turned;

  private Stand stand = new Stand(0, Step.IDLE, -1, Optional.empty(), -1, Optional.empty(), false);
  private Optional<Hash> decision = Optional.empty();
  private final Set<String> once = new HashSet<>();
  private final Set<Word> words = new HashSet<>();
  private final Set<Timer> timers = new HashSet<>();

  /** Where a validator stands; the lock and the block to propose again with their rounds. */
  record Stand(
      int round,
      Step step,
      int lockedRound,
      Optional<Hash> locked,
      int validRound,
      Optional<Hash> valid,
      boolean decided) {
    Stand at(int next, Step nextStep) {
      return new Stand(next, nextStep, lockedRound, locked, validRound, valid, decided);
    }

    Stand lockedOn(Hash id) {
      return new Stand(round, step, round, Optional.of(id), validRound, valid, decided);
    }

    Stand validIs(Hash id) {
      return new Stand(round, step, lockedRound, locked, round, Optional.of(id), decided);
    }

    Stand over() {
      return new Stand(round, step, lockedRound, locked, validRound, valid, true);
    }
  }

  /** Something the rules let this validator say; since is a proposal's valid round. */
  record Word(Step kind, int round, Optional<Hash> id, int since) {
    static Word of(Vote vote) {
      Step kind = vote.type() == VoteType.PREVOTE ? Step.PREVOTE : Step.PRECOMMIT;
      return new Word(kind, vote.round(), vote.blockId(), -1);
    }

    static Word of(Proposal offer) {
      return new Word(
          Step.PROPOSE, offer.round(), Optional.of(offer.blockId()), offer.validRound());
    }
  }

  /** A timer the rules ask for. */
  record Timer(Step step, int round) {}

  Rulebook(long height, int self, ProposerRotation rotation) {
    this.height = height;
    this.self = self;
    this.validators = rotation.validators();
    this.rotation = rotation;
    this.hearing = new Hearing(validators);
  }

  void on(Event event) {
    if (stand.decided()) {
      return;
    }
    if (event instanceof Event.Started && stand.step() == Step.IDLE) {
      startRound(0);
    } else if (event instanceof Event.ProposalReceived received && fits(received.proposal())) {
      hearing.take(received, stand.round());
    } else if (event instanceof Event.VoteReceived received && fits(received.vote())) {
      hearing.take(received.vote(), stand.round());
    } else if (event instanceof Event.Proposed built
        && built.round() == stand.round()
        && stand.step() == Step.PROPOSE
        && proposer(stand.round()) == self) {
      words.add(new Word(Step.PROPOSE, built.round(), Optional.of(built.blockId()), -1));
    } else if (event instanceof Event.TimedOut timeout) {
      giveUp(timeout);
    }
    apply();
  }

  private boolean fits(Proposal offer) {
    return offer.height() == height
        && offer.round() <= stand.round() + 1
        && offer.validRound() >= -1
        && offer.validRound() < offer.round()
        && offer.proposer() == proposer(offer.round());
  }

  private boolean fits(Vote vote) {
    return vote.height() == height && vote.validator() < validators.size();
  }

  private void giveUp(Event.TimedOut timeout) {
    if (timeout.height() != height
        || timeout.round() != stand.round()
        || stand.step() == Step.IDLE) {
      return;
    }
    if (timeout.step() == Step.PRECOMMIT) {
      startRound(stand.round() + 1);
    } else if (timeout.step() == stand.step()) {
      say(stand.step() == Step.PROPOSE ? Step.PREVOTE : Step.PRECOMMIT, Optional.empty());
    }
  }

  private void startRound(int round) {
    stand = stand.at(round, Step.PROPOSE);
    timers.add(new Timer(Step.PROPOSE, round));
    if (proposer(round) == self && stand.valid().isPresent()) {
      words.add(new Word(Step.PROPOSE, round, stand.valid(), stand.validRound()));
    }
  }

  private void say(Step kind, Optional<Hash> id) {
    stand = stand.at(stand.round(), kind);
    words.add(new Word(kind, stand.round(), id, -1));
  }

  private void apply() {
    for (int round : hearing.rounds()) { // U7
      Optional<Hash> committed = hearing.quorum(Step.PRECOMMIT, round).filter(hearing::isValid);
      if (committed.isPresent()) {
        decision = committed;
        stand = stand.over();
        return;
      }
    }
    if (stand.step() == Step.IDLE) {
      return;
    }
    int reached = hearing.roundOfSomeHonest(stand.round());
    if (reached > stand.round()) { // U8
      startRound(reached);
    }
    hearing.firstOffer(stand.round()).ifPresent(this::prevote);
    int round = stand.round();
    boolean any = hearing.isQuorumOfAny(Step.PREVOTE, round);
    if (stand.step() == Step.PREVOTE && any && once.add("U3 " + round)) {
      timers.add(new Timer(Step.PREVOTE, round));
    }
    Optional<Hash> polka = hearing.quorum(Step.PREVOTE, round).filter(hearing::isValid);
    if (stand.step() != Step.PROPOSE && polka.isPresent() && once.add("U4 " + round)) {
      if (stand.step() == Step.PREVOTE) {
        stand = stand.lockedOn(polka.get());
        say(Step.PRECOMMIT, polka);
      }
      stand = stand.validIs(polka.get());
    }
    if (stand.step() == Step.PREVOTE && hearing.isQuorumOfNil(round)) { // U5
      say(Step.PRECOMMIT, Optional.empty());
    }
    if (hearing.isQuorumOfAny(Step.PRECOMMIT, round) && once.add("U6 " + round)) {
      timers.add(new Timer(Step.PRECOMMIT, round));
    }
  }

  /** U1 and U2. */
  private void prevote(Event.ProposalReceived offer) {
    Hash id = offer.proposal().blockId();
    int since = offer.proposal().validRound();
    boolean sameLock = stand.locked().equals(Optional.of(id));
    if (stand.step() != Step.PROPOSE) {
      return;
    }
    if (since < 0) {
      boolean free = stand.lockedRound() < 0 || sameLock;
      boolean good = offer.valid() && offer.timely() && free;
      say(Step.PREVOTE, good ? Optional.of(id) : Optional.empty());
    } else if (hearing.isQuorum(Step.PREVOTE, since, id)) {
      boolean good = offer.valid() && (stand.lockedRound() <= since || sameLock);
      say(Step.PREVOTE, good ? Optional.of(id) : Optional.empty());
    }
  }

  private int proposer(int round) {
    for (; turned <= round; turned++) {
      proposers.put(turned, rotation.turn().proposer());
      rotation = rotation.next();
    }
    return proposers.get(round);
  }

  long height() {
    return height;
  }

  Stand stand() {
    return stand;
  }

  /** The block decided by hearing a quorum of precommits, not by being told. */
  Optional<Hash> decision() {
    return decision;
  }

  boolean allows(Word word) {
    return words.contains(word);
  }

  /** The timers asked for since the last call. */
  List<Timer> takeTimers() {
    List<Timer> taken = new ArrayList<>(timers);
    timers.clear();
    return taken;
  }
}
