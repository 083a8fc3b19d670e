package org.medseal.users;

/** PENDING until an administrator approves; only ACTIVE users log in. */
public enum UserState {
  PENDING,
  ACTIVE,
  DISABLED
}
