package org.medseal.ledger.consensus;

/** Where a validator stands within a round; IDLE before the height has anything to decide. */
public enum Step {
  IDLE,
  PROPOSE,
  PREVOTE,
  PRECOMMIT
}
