package org.medseal.crypto.ed25519;

import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.SecretBytes;

/** An Ed25519 private key: the 32-byte seed of RFC 8032. Wiped on close; thread-safe. */
public final class Ed25519PrivateKey implements AutoCloseable {
  private final SecretBytes seed;
  private final byte[] publicBytes;
  private final Ed25519PublicKey publicKey;

  private Ed25519PrivateKey(SecretBytes owned) {
    this.seed = owned;
    this.publicBytes = new byte[Ed25519.PUBLIC_KEY_SIZE];
    owned.use(
        sk -> {
          Ed25519.generatePublicKey(sk, 0, publicBytes, 0);
          return publicBytes;
        });
    this.publicKey = Ed25519PublicKey.fromBytes(publicBytes);
  }

  public static Ed25519PrivateKey generate(SecureRandom random) {
    return new Ed25519PrivateKey(SecretBytes.random(Ed25519.SECRET_KEY_SIZE, random));
  }

  /** Keeps its own copy of the seed. */
  public static Ed25519PrivateKey fromSeed(SecretBytes seed32) {
    if (seed32.length() != Ed25519.SECRET_KEY_SIZE) {
      throw new CryptoException(
          CryptoException.Reason.MALFORMED, "an Ed25519 seed is 32 bytes, not " + seed32.length());
    }
    return new Ed25519PrivateKey(seed32.use(SecretBytes::copyOf));
  }

  /** A copy the caller closes. */
  public SecretBytes seed() {
    return seed.use(SecretBytes::copyOf);
  }

  public Ed25519PublicKey publicKey() {
    return publicKey;
  }

  /** 64 bytes, deterministic (RFC 8032 section 5.1.6). */
  public byte[] sign(byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    return seed.use(
        sk -> {
          Ed25519.sign(sk, 0, publicBytes, 0, message, 0, message.length, signature, 0);
          return signature;
        });
  }

  @Override
  public void close() {
    seed.close();
  }
}
