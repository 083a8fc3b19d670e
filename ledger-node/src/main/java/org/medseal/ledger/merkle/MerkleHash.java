package org.medseal.ledger.merkle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;

/** The three hashes of RFC 6962 section 2.1. */
public final class MerkleHash {
  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private MerkleHash() {}

  public static Hash empty() {
    return Hash.of(sha256().digest());
  }

  public static Hash leaf(Bytes content) {
    MessageDigest digest = sha256();
    digest.update(LEAF);
    return Hash.of(digest.digest(content.toArray()));
  }

  public static Hash node(Hash left, Hash right) {
    byte[] both = new byte[1 + 2 * Hash.LENGTH];
    both[0] = NODE;
    left.bytes().copyTo(both, 1);
    right.bytes().copyTo(both, 1 + Hash.LENGTH);
    return Hash.of(sha256().digest(both));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
