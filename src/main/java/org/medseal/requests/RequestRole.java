package org.medseal.requests;

/** As what a user looks at requests. */
public enum RequestRole {
  /** As who asked. */
  MINE,
  /** As an administrator: all that this node can read. */
  ALL,
  /** As an administrator of an institution whose custodian keys open the records asked for. */
  DESK
}
