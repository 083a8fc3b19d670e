package org.medseal.ledger.engine.embedded;

import org.medseal.ledger.model.Bytes;

/** Verifies validators' signatures. */
@FunctionalInterface
public interface SignatureCheck {
  /** False for anything that is not this key's signature over exactly this message. */
  boolean verify(Bytes key, byte[] message, Bytes signature);
}
