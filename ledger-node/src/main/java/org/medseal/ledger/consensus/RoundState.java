package org.medseal.ledger.consensus;

import java.util.ArrayList;
import java.util.List;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.model.VoteType;

/** Everything received for one round, and which once-only rules have fired in it. */
final class RoundState {
  /** The first is voted on; a second, different one is kept because others may vote on it. */
  private static final int MAX_PROPOSALS = 2;

  private final List<Event.ProposalReceived> proposals = new ArrayList<>(MAX_PROPOSALS);
  final VoteTally prevotes;
  final VoteTally precommits;
  boolean prevoteTimerStarted;
  boolean precommitTimerStarted;
  boolean polkaSeen;
  boolean blockAsked;

  RoundState(ValidatorSet validators) {
    this.prevotes = new VoteTally(validators);
    this.precommits = new VoteTally(validators);
  }

  VoteTally votes(VoteType type) {
    return type == VoteType.PREVOTE ? prevotes : precommits;
  }

  /** False when it was known or there are too many. */
  boolean add(Event.ProposalReceived received) {
    return wants(received.proposal()) && proposals.add(received);
  }

  boolean wants(Proposal proposal) {
    return proposals.size() < MAX_PROPOSALS
        && proposals.stream().noneMatch(each -> sameOffer(each.proposal(), proposal));
  }

  /** In order of arrival. */
  List<Event.ProposalReceived> proposals() {
    return List.copyOf(proposals);
  }

  boolean hasProposal() {
    return !proposals.isEmpty();
  }

  Event.ProposalReceived firstProposal() {
    return proposals.get(0);
  }

  boolean isEmpty() {
    return proposals.isEmpty() && prevotes.isEmpty() && precommits.isEmpty();
  }

  private static boolean sameOffer(Proposal one, Proposal other) {
    return one.blockId().equals(other.blockId()) && one.validRound() == other.validRound();
  }
}
