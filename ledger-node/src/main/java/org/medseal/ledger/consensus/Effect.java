package org.medseal.ledger.consensus;

import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.Vote;

/** What the caller has to do, in order. */
public sealed interface Effect {
  /** Sign, make durable, send, and feed back as received. */
  record SignProposal(Proposal unsigned) implements Effect {}

  /** Sign, make durable, send, and feed back as received. */
  record SignVote(Vote unsigned) implements Effect {}

  record StartTimer(long height, int round, Step step, long delayMs) implements Effect {}

  /** Build a new block and answer with {@link Event.Proposed}. */
  record RequestProposal(long height, int round) implements Effect {}

  /** The height is over; nothing follows. */
  record Decide(CommitCertificate certificate) implements Effect {}

  record ReportEvidence(Evidence evidence) implements Effect {}

  /** The block is committed but not known here: fetch it. */
  record NeedBlock(long height, int round, Hash blockId) implements Effect {}
}
