package org.medseal.tracing;

/**
 * OPEN until enough approved, APPROVED until the opener answered, then COMPLETED; NOT_IN_REGISTRY
 * where the answer is that nobody in the registry signed, which is evidence against the issuer.
 */
public enum TraceState {
  OPEN,
  APPROVED,
  COMPLETED,
  NOT_IN_REGISTRY
}
