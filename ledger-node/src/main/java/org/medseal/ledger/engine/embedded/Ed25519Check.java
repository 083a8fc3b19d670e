package org.medseal.ledger.engine.embedded;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.ed25519.Ed25519PublicKey;
import org.medseal.ledger.model.Bytes;

/** Strict Ed25519; decoded keys are kept, since checking a point costs as much as a signature. */
final class Ed25519Check implements SignatureCheck {
  private static final int KEPT_KEYS = 1024;

  private final Map<Bytes, Optional<Ed25519PublicKey>> keys =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, Optional<Ed25519PublicKey>> eldest) {
          return size() > KEPT_KEYS;
        }
      };

  @Override
  public boolean verify(Bytes key, byte[] message, Bytes signature) {
    return keys.computeIfAbsent(key, Ed25519Check::decode)
        .map(known -> known.verify(message, signature.toArray()))
        .orElse(false);
  }

  private static Optional<Ed25519PublicKey> decode(Bytes key) {
    try {
      return Optional.of(Ed25519PublicKey.fromBytes(key.toArray()));
    } catch (CryptoException e) {
      return Optional.empty();
    }
  }
}
