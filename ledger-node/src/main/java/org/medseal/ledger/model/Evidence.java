package org.medseal.ledger.model;

/** Two different signed statements of one validator where only one is allowed. */
public sealed interface Evidence {
  /** Blocks for which a proof may still enter one. */
  int MAX_AGE_BLOCKS = 100;

  /** At which both were said. */
  long height();

  /** Index in the set of that height. */
  int validator();

  record DuplicateVote(Vote first, Vote second) implements Evidence {
    @Override
    public long height() {
      return first.height();
    }

    @Override
    public int validator() {
      return first.validator();
    }
  }

  record DuplicateProposal(Proposal first, Proposal second) implements Evidence {
    @Override
    public long height() {
      return first.height();
    }

    @Override
    public int validator() {
      return first.proposer();
    }
  }
}
