package org.medseal.ledger.engine.embedded;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.ed25519.Ed25519PublicKey;
import org.medseal.ledger.model.Bytes;

/**
 * Strict Ed25519; decoded keys are kept, since checking a point costs as much as a signature, and
 * the newest signatures that held: a precommit comes once as a vote and again in the next block's
 * certificate. For one thread.
 */
final class Ed25519Check implements SignatureCheck {
  private static final int KEPT_KEYS = 1024;
  static final int KEPT_SIGNATURES = 1024;

  private final Map<Bytes, Optional<Ed25519PublicKey>> keys = newest(KEPT_KEYS);
  private final Map<Signed, Boolean> held = newest(KEPT_SIGNATURES);
  private long verified;

  private record Signed(Bytes key, Bytes message, Bytes signature) {}

  @Override
  public boolean verify(Bytes key, byte[] message, Bytes signature) {
    Signed signed = new Signed(key, Bytes.of(message), signature);
    if (held.containsKey(signed)) {
      return true;
    }
    verified++;
    boolean holds =
        keys.computeIfAbsent(key, Ed25519Check::decode)
            .map(known -> known.verify(message, signature.toArray()))
            .orElse(false);
    if (holds) {
      held.put(signed, Boolean.TRUE);
    }
    return holds;
  }

  /** Verifications done, not counting those remembered. */
  long verified() {
    return verified;
  }

  private static Optional<Ed25519PublicKey> decode(Bytes key) {
    try {
      return Optional.of(Ed25519PublicKey.fromBytes(key.toArray()));
    } catch (CryptoException e) {
      return Optional.empty();
    }
  }

  private static <K, V> Map<K, V> newest(int bound) {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > bound;
      }
    };
  }
}
