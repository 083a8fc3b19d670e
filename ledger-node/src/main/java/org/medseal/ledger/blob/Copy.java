package org.medseal.ledger.blob;

import org.medseal.ledger.merkle.InclusionProof;

/** A whole blob in one of the places where it may be on this disk. */
record Copy(ChunkSource source, Held held) {
  byte[] read(int index) {
    return source.read(held, index);
  }

  InclusionProof prove(int index) {
    return source.prove(held, index);
  }
}
