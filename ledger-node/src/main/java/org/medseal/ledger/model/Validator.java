package org.medseal.ledger.model;

/**
 * A node that votes.
 *
 * @param index position in the set of its height
 * @param key Ed25519, 32 bytes
 * @param stake whole units, its weight
 */
public record Validator(int index, String institution, Bytes key, long stake) {
  public Validator {
    key.requireLength(32, "validator key");
    if (stake <= 0) {
      throw new IllegalArgumentException("stake of " + institution + " must be positive");
    }
  }
}
