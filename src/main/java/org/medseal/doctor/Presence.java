package org.medseal.doctor;

/** Whether an instance runs from the home that is looked at. */
public enum Presence {
  ABSENT,
  /** One holds the home, and its admin endpoint does not listen yet. */
  STARTING,
  RUNNING
}
