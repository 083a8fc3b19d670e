package org.medseal.home;

import java.nio.file.Path;

/**
 * A key that belongs to a person's role, not to the node: a file of its own, unlocked per session.
 */
public enum RoleKey {
  CUSTODIAN("custodian.keys", "custodian.sm2"),
  ISSUER("issuer.keys", "issuer.gamma.1"),
  OPENER("opener.keys", "opener.xi1");

  private final String fileName;
  private final String entry;

  RoleKey(String fileName, String entry) {
    this.fileName = fileName;
    this.entry = entry;
  }

  public Path file(Home home) {
    return home.keys().resolve(fileName);
  }

  /** Name of the entry holding the secret; the issuer's is that of epoch 1. */
  public String entry() {
    return entry;
  }
}
