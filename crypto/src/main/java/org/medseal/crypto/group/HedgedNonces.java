package org.medseal.crypto.group;

import java.security.SecureRandom;
import java.util.Arrays;
import org.medseal.crypto.LengthPrefixed;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.bls.Fr;

/**
 * Nonces from fresh randomness, the secret, the message and a counter: neither a broken random
 * source nor a repeated message alone repeats a nonce. Not thread-safe.
 */
final class HedgedNonces {
  private static final int FRESH = 32;

  private final String tag;
  private final byte[] fresh;
  private final SecretBytes secret;
  private final byte[] message;
  private int counter;

  private HedgedNonces(String tag, byte[] fresh, SecretBytes secret, byte[] message) {
    this.tag = "NONCE|" + tag;
    this.fresh = fresh;
    this.secret = secret;
    this.message = message;
  }

  static HedgedNonces of(String tag, SecureRandom random, SecretBytes secret, byte[]... message) {
    byte[] fresh = new byte[FRESH];
    random.nextBytes(fresh);
    return new HedgedNonces(tag, fresh, secret, LengthPrefixed.join(message));
  }

  /** Without randomness, for proofs that must come out the same each time (as in RFC 6979). */
  static HedgedNonces deterministic(String tag, SecretBytes secret, byte[]... message) {
    return new HedgedNonces(tag, new byte[0], secret, LengthPrefixed.join(message));
  }

  /** Never zero. */
  Fr next() {
    Fr nonce;
    do {
      byte[] wide =
          secret.use(s -> Transcripts.hash(tag, fresh, s, message, LengthPrefixed.u32(counter)));
      counter++;
      nonce = Fr.reduce(wide);
      Arrays.fill(wide, (byte) 0);
    } while (nonce.isZero());
    return nonce;
  }
}
