package org.medseal.ledger.sim;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.medseal.ledger.engine.embedded.SignatureCheck;
import org.medseal.ledger.engine.embedded.Signer;
import org.medseal.ledger.model.Bytes;

/**
 * Signatures that cost a hash, so that thousands of clusters can run: SHA-256 over key and message.
 * Whoever knows the key can forge, which inside the simulator only the liar does, as itself.
 */
final class SimKeys {
  static final SignatureCheck CHECK =
      (key, message, signature) -> Bytes.of(sign(key, message)).equals(signature);

  private SimKeys() {}

  static Bytes key(int index) {
    return Bytes.of(sha256(("validator " + index).getBytes(StandardCharsets.UTF_8)));
  }

  static OneKey signer(int index) {
    return new OneKey(key(index));
  }

  /** A node whose validator has one key. */
  record OneKey(Bytes key) implements Signer {
    byte[] sign(byte[] message) {
      return sign(key, message);
    }

    @Override
    public boolean holds(Bytes other) {
      return key.equals(other);
    }

    @Override
    public byte[] sign(Bytes with, byte[] message) {
      return SimKeys.sign(with, message);
    }
  }

  private static byte[] sign(Bytes key, byte[] message) {
    byte[] half = sha256(key.toArray(), message);
    byte[] whole = new byte[64];
    System.arraycopy(half, 0, whole, 0, 32);
    System.arraycopy(half, 0, whole, 32, 32);
    return whole;
  }

  static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
