package org.medseal.ledger.model;

/** Where a record's ciphertext stands. Only inline until chunks outside the blocks exist. */
public sealed interface Payload {
  /** In the block, up to the genesis' inline limit. */
  record Inline(Bytes ciphertext) implements Payload {}
}
