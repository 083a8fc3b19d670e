package org.medseal.tracing;

/** OPEN until enough approved, APPROVED until the opener answered. */
public enum TraceState {
  OPEN,
  APPROVED,
  COMPLETED
}
