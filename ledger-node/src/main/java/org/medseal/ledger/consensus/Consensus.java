package org.medseal.ledger.consensus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.medseal.ledger.consensus.VoteTally.Added;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.CommitCertificate.CommitSignature;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

/**
 * One height of algorithm 1 of arXiv 1807.04938, with stake for votes. Pure: the same events give
 * the same effects, so a crashed node gets its state back by feeding its log once more. One thread.
 * Rules U0 to U8 are those of docs/adr/006. A broken invariant throws IllegalStateException.
 */
public final class Consensus {
  private final HeightConfiguration configuration;
  private final long height;
  private final ValidatorSet validators;
  private final Rounds rounds;
  private final KnownBlocks blocks = new KnownBlocks();
  private final List<Effect> effects = new ArrayList<>();

  private int round;
  private Step step = Step.IDLE;
  private boolean decided;
  private ProposerRotation rotation;
  private int rotationRound;
  private Optional<Hash> lockedValue = Optional.empty();
  private int lockedRound = -1;
  private Optional<Hash> validValue = Optional.empty();
  private int validRound = -1;

  public Consensus(HeightConfiguration configuration) {
    this.configuration = configuration;
    this.height = configuration.height();
    this.validators = configuration.validators();
    this.rounds = new Rounds(validators);
    this.rotation = configuration.rotation();
  }

  /** The only way in. What is not of this height, or comes after the decision, changes nothing. */
  public List<Effect> on(Event event) {
    if (decided) {
      return List.of();
    }
    effects.clear();
    if (event instanceof Event.Started) {
      start();
    } else if (event instanceof Event.ProposalReceived received) {
      take(received);
    } else if (event instanceof Event.VoteReceived received) {
      take(received.vote());
    } else if (event instanceof Event.Proposed proposed) {
      offer(proposed);
    } else if (event instanceof Event.TimedOut timedOut) {
      giveUp(timedOut);
    }
    applyRules();
    return List.copyOf(effects);
  }

  private void start() {
    if (step == Step.IDLE) {
      startRound(0);
    }
  }

  private void take(Event.ProposalReceived received) {
    Proposal proposal = received.proposal();
    if (!isOfThisHeight(proposal) || !rounds.admits(proposal.proposer(), proposal.round())) {
      return;
    }
    RoundState state = rounds.at(proposal.round());
    if (state.add(received)) {
      blocks.learn(proposal.blockId(), received.valid());
      if (state.proposals().size() > 1) {
        Proposal first = state.firstProposal().proposal();
        report(new Evidence.DuplicateProposal(first, proposal));
      }
    }
  }

  private void take(Vote vote) {
    if (!isOfThisHeight(vote) || !rounds.admits(vote.validator(), vote.round())) {
      return;
    }
    VoteTally tally = rounds.at(vote.round()).votes(vote.type());
    if (tally.add(vote) == Added.CONFLICTING) {
      report(new Evidence.DuplicateVote(tally.first(vote.validator()), vote));
    }
  }

  private void offer(Event.Proposed proposed) {
    if (proposed.round() == round && step == Step.PROPOSE && proposer(round) == self()) {
      propose(proposed.blockId(), -1);
    }
  }

  /** Lines 57 to 67; a timer of another height, round or step is stale. */
  private void giveUp(Event.TimedOut timedOut) {
    if (timedOut.height() != height || timedOut.round() != round || step == Step.IDLE) {
      return;
    }
    if (timedOut.step() == Step.PROPOSE && step == Step.PROPOSE) {
      prevote(Optional.empty());
    } else if (timedOut.step() == Step.PREVOTE && step == Step.PREVOTE) {
      precommit(Optional.empty());
    } else if (timedOut.step() == Step.PRECOMMIT) {
      startRound(round + 1);
    }
  }

  private void applyRules() {
    if (decideIfCommitted() || step == Step.IDLE) {
      return;
    }
    int reached = rounds.roundOfSomeHonest();
    if (reached > round) { // U8, line 55
      startRound(reached);
    }
    RoundState now = rounds.at(round);
    voteOnProposal(now);
    followPrevotes(now);
    if (now.precommits.isQuorumOfAny() && !now.precommitTimerStarted) { // U6, line 47
      now.precommitTimerStarted = true;
      startTimer(Step.PRECOMMIT, configuration.timeouts().voteMs(round));
    }
  }

  /** U0, line 11. The proposer has a timer too, in case it cannot sign or build. */
  private void startRound(int next) {
    round = next;
    step = Step.PROPOSE;
    rounds.enter(round, lockedRound, validRound);
    blocks.retainIf(this::needs);
    startTimer(Step.PROPOSE, configuration.timeouts().proposeMs(round));
    if (proposer(round) == self()) {
      if (validValue.isPresent()) {
        propose(validValue.get(), validRound);
      } else {
        effects.add(new Effect.RequestProposal(height, round));
      }
    }
  }

  /** U1 and U2, lines 22 and 28. Only the first proposal of a round is voted on. */
  private void voteOnProposal(RoundState now) {
    if (step != Step.PROPOSE || !now.hasProposal()) {
      return;
    }
    Event.ProposalReceived first = now.firstProposal();
    Hash value = first.proposal().blockId();
    int since = first.proposal().validRound();
    boolean lockedOnIt = lockedValue.equals(Optional.of(value));
    if (since == -1) {
      boolean free = lockedRound == -1 || lockedOnIt;
      prevote(onlyIf(first.valid() && first.timely() && free, value));
    } else if (rounds.find(since).map(s -> s.prevotes.isQuorumFor(value)).orElse(false)) {
      boolean free = lockedRound <= since || lockedOnIt;
      prevote(onlyIf(first.valid() && free, value));
    }
  }

  /** U3, U4 and U5, lines 34, 36 and 44. */
  private void followPrevotes(RoundState now) {
    if (step == Step.PREVOTE && now.prevotes.isQuorumOfAny() && !now.prevoteTimerStarted) {
      now.prevoteTimerStarted = true;
      startTimer(Step.PREVOTE, configuration.timeouts().voteMs(round));
    }
    Optional<Hash> polka = now.prevotes.majority().filter(blocks::isValid);
    if (polka.isPresent() && step != Step.PROPOSE && !now.polkaSeen) {
      now.polkaSeen = true;
      if (step == Step.PREVOTE) {
        lock(polka.get());
        precommit(polka);
      }
      remember(polka.get()); // also after the own precommit: else a hidden lock stops everybody
    }
    if (step == Step.PREVOTE && now.prevotes.isQuorumOfNil()) {
      precommit(Optional.empty());
    }
  }

  /** U7, line 49, for any round. Who proposed the block in which round does not matter here. */
  private boolean decideIfCommitted() {
    for (Map.Entry<Integer, RoundState> each : rounds.all().entrySet()) {
      Optional<Hash> committed = each.getValue().precommits.majority();
      if (committed.isPresent() && blocks.isValid(committed.get())) {
        decided = true;
        effects.add(new Effect.Decide(certificate(each.getKey(), committed.get())));
        return true;
      }
      if (committed.isPresent() && !each.getValue().blockAsked) {
        each.getValue().blockAsked = true;
        effects.add(new Effect.NeedBlock(height, each.getKey(), committed.get()));
      }
    }
    return false;
  }

  private CommitCertificate certificate(int committedRound, Hash blockId) {
    List<CommitSignature> signatures =
        rounds
            .at(committedRound)
            .precommits
            .votesFor(Optional.of(blockId))
            .orElseThrow()
            .votes()
            .stream()
            .map(vote -> new CommitSignature(vote.validator(), vote.signature()))
            .toList();
    return new CommitCertificate(height, committedRound, blockId, signatures);
  }

  private void lock(Hash value) {
    if (round <= lockedRound) {
      throw new IllegalStateException("lock would fall from round " + lockedRound);
    }
    lockedValue = Optional.of(value);
    lockedRound = round;
  }

  private void remember(Hash value) {
    if (round <= validRound || round < lockedRound) {
      throw new IllegalStateException("valid round would fall from " + validRound);
    }
    validValue = Optional.of(value);
    validRound = round;
  }

  private void propose(Hash value, int since) {
    effects.add(
        new Effect.SignProposal(new Proposal(height, round, since, value, self(), Bytes.empty())));
  }

  private void prevote(Optional<Hash> value) {
    step = Step.PREVOTE;
    cast(VoteType.PREVOTE, value);
  }

  private void precommit(Optional<Hash> value) {
    step = Step.PRECOMMIT;
    cast(VoteType.PRECOMMIT, value);
  }

  private void cast(VoteType type, Optional<Hash> value) {
    if (self() >= 0) {
      effects.add(new Effect.SignVote(new Vote(type, height, round, value, self(), Bytes.empty())));
    }
  }

  private void startTimer(Step of, long delayMs) {
    effects.add(new Effect.StartTimer(height, round, of, delayMs));
  }

  private void report(Evidence evidence) {
    effects.add(new Effect.ReportEvidence(evidence));
  }

  private static Optional<Hash> onlyIf(boolean condition, Hash value) {
    return condition ? Optional.of(value) : Optional.empty();
  }

  private int self() {
    return configuration.self().orElse(-1);
  }

  /** Proposer of a round up to the one after the current; others cost a turn each. */
  public int proposer(int ofRound) {
    if (ofRound < rotationRound) {
      rotation = configuration.rotation();
      rotationRound = 0;
    }
    for (; rotationRound < ofRound; rotationRound++) {
      rotation = rotation.next();
    }
    return rotation.turn().proposer();
  }

  public HeightConfiguration configuration() {
    return configuration;
  }

  public long height() {
    return height;
  }

  public int round() {
    return round;
  }

  public Step step() {
    return step;
  }

  public boolean isDecided() {
    return decided;
  }

  public int lockedRound() {
    return lockedRound;
  }

  public int validRound() {
    return validRound;
  }

  /** The block locked in {@link #lockedRound}. */
  public Optional<Hash> lockedValue() {
    return lockedValue;
  }

  /** The block a quorum prevoted in {@link #validRound}. */
  public Optional<Hash> validValue() {
    return validValue;
  }

  /** Whether this vote would change anything; the rest need not be verified or logged. */
  public boolean wants(Vote vote) {
    return !decided && isOfThisHeight(vote) && messages().wants(vote);
  }

  /** The same of a proposal, which may be of a round up to the one after the current. */
  public boolean wants(Proposal proposal) {
    return !decided && isOfThisHeight(proposal) && messages().wants(proposal);
  }

  private boolean isOfThisHeight(Proposal proposal) {
    return proposal.height() == height
        && proposal.round() <= round + 1
        && isWellFormed(proposal)
        && proposal.proposer() == proposer(proposal.round());
  }

  /** Whether it points to an earlier round or to none; no honest validator signs another one. */
  public static boolean isWellFormed(Proposal proposal) {
    return proposal.validRound() >= -1 && proposal.validRound() < proposal.round();
  }

  private boolean isOfThisHeight(Vote vote) {
    return vote.height() == height
        && vote.round() >= 0
        && vote.validator() >= 0
        && vote.validator() < validators.size();
  }

  /** Whether the body of this block may still be asked for here. */
  public boolean needs(Hash blockId) {
    return messages().offers(blockId)
        || validValue.equals(Optional.of(blockId))
        || lockedValue.equals(Optional.of(blockId));
  }

  /** Read-only looks at the message log. */
  public MessageLog messages() {
    return new MessageLog(rounds);
  }
}
