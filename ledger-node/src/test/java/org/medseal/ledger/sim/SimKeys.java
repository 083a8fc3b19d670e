package org.medseal.ledger.sim;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;
import org.medseal.ledger.engine.embedded.SignatureCheck;
import org.medseal.ledger.engine.embedded.Signer;
import org.medseal.ledger.model.Bytes;

/**
 * Signatures that cost a hash, so that thousands of clusters can run: SHA-256 over key and message.
 * Whoever knows the key can forge, which inside the simulator only the liar does, as itself. Where
 * somebody joins by a snapshot the keys are real ones, because there they are checked as Ed25519.
 */
final class SimKeys {
  private static final Map<Bytes, Ed25519PrivateKey> REAL = new ConcurrentHashMap<>();

  static final SignatureCheck CHECK =
      (key, message, signature) ->
          REAL.containsKey(key)
              ? holds(key, message, signature)
              : Bytes.of(sign(key, message)).equals(signature);

  private static final Set<Bytes> HELD = ConcurrentHashMap.newKeySet();
  private static final int MOST_HELD = 50_000;

  private SimKeys() {}

  /** What one node has found true need not be computed for all the others. */
  private static boolean holds(Bytes key, byte[] message, Bytes signature) {
    Bytes asked = Bytes.of(sha256(key.toArray(), signature.toArray(), message));
    if (HELD.contains(asked)) {
      return true;
    }
    boolean holds = REAL.get(key).publicKey().verify(message, signature.toArray());
    if (holds) {
      HELD.add(asked);
    }
    if (HELD.size() > MOST_HELD) {
      HELD.clear();
    }
    return holds;
  }

  static Bytes key(int index) {
    return Bytes.of(sha256(("validator " + index).getBytes(StandardCharsets.UTF_8)));
  }

  /** A real one, the same every time. */
  static Bytes realKey(int index) {
    Ed25519PrivateKey made =
        Ed25519PrivateKey.fromSeed(SecretBytes.copyOf(sha256(key(index).toArray())));
    Bytes key = Bytes.of(made.publicKey().bytes());
    REAL.putIfAbsent(key, made);
    return key;
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

  static byte[] sign(Bytes key, byte[] message) {
    if (REAL.containsKey(key)) {
      return REAL.get(key).sign(message);
    }
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
