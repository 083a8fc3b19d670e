package org.medseal.ledger.blob;

import org.medseal.ledger.merkle.InclusionProof;

/** Blobs on this disk from which chunks can be given. From any thread. */
interface ChunkSource {
  /** BlobException DAMAGED naming file and offset if the bytes are not what they were. */
  byte[] read(Held blob, int index);

  /** Shows that a chunk is part of a blob here. */
  InclusionProof prove(Held blob, int index);
}
