package org.medseal.ledger.engine.embedded;

import org.medseal.ledger.model.Bytes;

/** The validator keys of this node: around a rotation both the present and the next one. */
public interface Signer {
  /** Whether the private part of this Ed25519 key is here. */
  boolean holds(Bytes key);

  /** Ed25519, 64 bytes, by a key that is here. */
  byte[] sign(Bytes key, byte[] message);
}
