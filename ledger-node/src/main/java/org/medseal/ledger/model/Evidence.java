package org.medseal.ledger.model;

/** Two different signed statements of one validator where only one is allowed. */
public sealed interface Evidence {
  record DuplicateVote(Vote first, Vote second) implements Evidence {}

  record DuplicateProposal(Proposal first, Proposal second) implements Evidence {}
}
