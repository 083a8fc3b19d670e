package org.medseal.ledger.merkle;

import org.medseal.crypto.Digests;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;

/** The three hashes of RFC 6962 section 2.1. */
public final class MerkleHash {
  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private MerkleHash() {}

  public static Hash empty() {
    return Hash.of(Digests.sha256());
  }

  public static Hash leaf(Bytes content) {
    byte[] prefixed = new byte[1 + content.length()];
    prefixed[0] = LEAF;
    content.copyTo(prefixed, 1);
    return Hash.of(Digests.sha256(prefixed));
  }

  public static Hash node(Hash left, Hash right) {
    byte[] both = new byte[1 + 2 * Hash.LENGTH];
    both[0] = NODE;
    left.bytes().copyTo(both, 1);
    right.bytes().copyTo(both, 1 + Hash.LENGTH);
    return Hash.of(Digests.sha256(both));
  }
}
