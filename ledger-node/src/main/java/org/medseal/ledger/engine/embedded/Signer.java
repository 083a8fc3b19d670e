package org.medseal.ledger.engine.embedded;

/** The validator's key. */
@FunctionalInterface
public interface Signer {
  /** Ed25519, 64 bytes. */
  byte[] sign(byte[] message);
}
