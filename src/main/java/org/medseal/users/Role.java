package org.medseal.users;

/** What a user may do at the admin endpoint. */
public enum Role {
  PHYSICIAN,
  ADMIN,
  /** Hospital IT, integration engineers: feeds and messages. */
  OPERATOR,
  AUDITOR
}
