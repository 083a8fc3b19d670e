package org.medseal.ledger.proof;

import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.Hash;

/** A header with the proof that its block was decided: all that a light client needs of a block. */
public record LightBlock(BlockHeader header, CommitCertificate certificate) {
  public long height() {
    return header.height();
  }

  public Hash id() {
    return Blocks.id(header);
  }
}
