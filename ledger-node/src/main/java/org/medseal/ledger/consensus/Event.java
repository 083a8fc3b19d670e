package org.medseal.ledger.consensus;

import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.Vote;

/** What can happen to a height. Signatures are verified before. */
public sealed interface Event {
  /** There is something to decide: enter round 0. */
  record Started() implements Event {}

  /**
   * A proposal of its round's proposer, the own one too.
   *
   * @param valid whether the block fits the chain and the application; the same on every node
   * @param timely whether its time lies in the local clock's window; matters only for a new block
   */
  record ProposalReceived(Proposal proposal, boolean valid, boolean timely) implements Event {}

  /** A validator's vote, the own ones too. */
  record VoteReceived(Vote vote) implements Event {}

  /** Answer to {@link Effect.RequestProposal}. */
  record Proposed(int round, Hash blockId) implements Event {}

  /** A timer ran out; one meant for another height, round or step changes nothing. */
  record TimedOut(long height, int round, Step step) implements Event {}
}
