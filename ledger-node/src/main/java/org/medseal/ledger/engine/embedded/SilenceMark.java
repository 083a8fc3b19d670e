package org.medseal.ledger.engine.embedded;

/**
 * What outlives a restart about whether this validator may sign. Kept apart from the sign-state,
 * which may itself be from an older disk.
 */
public interface SilenceMark {
  /** The mark and what led to it. */
  enum Kind {
    /** Nothing is known against signing. */
    NONE,
    /** The disk may be older than what the key has signed: sign nothing. */
    SILENT,
    /** An operator answers for it that no other copy runs: signatures seen raise the sign-state. */
    CONFIRMED
  }

  Kind kind();

  /**
   * Durable when it returns.
   *
   * @param reason one line for the operator
   */
  void set(Kind kind, String reason);
}
