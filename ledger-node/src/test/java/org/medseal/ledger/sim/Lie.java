package org.medseal.ledger.sim;

/** How a Byzantine validator may behave; several go together. */
enum Lie {
  /** Different votes for different peers, votes twice, votes nothing justifies. */
  EQUIVOCATE_VOTES,
  /** Different blocks for different peers. */
  EQUIVOCATE_PROPOSALS,
  /** Says nothing at all. */
  SILENT,
  /** Blocks with a wrong root, parent, time, proposer, set, certificate, evidence, transaction. */
  INVALID_BLOCKS,
  /** Claims a quorum of prevotes that never was, or not for this block. */
  FALSE_VALID_ROUND,
  /** Talks to some only, others the next moment. */
  SELECTIVE,
  /** Far rounds, far heights, requests, false statuses, blocks nobody asked for. */
  FLOOD,
  /** Forgets its lock and what it has said, again and again. */
  AMNESIA,
  /** Keeps votes back and lets them out when locks may conflict. */
  DELAYED_VOTES,
  /** Votes for whatever is offered, whatever it has locked. */
  SUPPORT,
  /** One key, two nodes that know nothing of each other. */
  TWINS,
  /** Parts of a snapshot, or blocks from before it, that are not true. */
  FALSE_PARTS,
  /** Answers who joins just before its patience ends, and with little. */
  DRIPPED_PARTS,
  /** Answers who joins with nothing, or not at all. */
  NO_PARTS;

  /** Only tells who joins by a snapshot from other validators. */
  boolean isOfSnapshots() {
    return compareTo(FALSE_PARTS) >= 0;
  }
}
