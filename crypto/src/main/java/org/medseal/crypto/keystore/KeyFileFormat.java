package org.medseal.crypto.keystore;

import static org.medseal.crypto.LengthPrefixed.bytes;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import org.medseal.crypto.CryptoException.Reason;
import org.medseal.crypto.Digests;
import org.medseal.crypto.SecretBytes;

/**
 * Bytes of a key file: magic, iterations, salt, IV, passphrase check, length, AES-256-CBC
 * ciphertext, HMAC over all before it, and a plain SHA-256 over all before that. The last tells
 * damage from a wrong passphrase; the HMAC tells tampering.
 *
 * <p>master = PBKDF2-HMAC-SHA-256(passphrase); cipher, MAC and check keys = HKDF-Expand(master).
 */
final class KeyFileFormat {
  private static final byte[] MAGIC = bytes("MEDSEAL-KEYS-V1\n");
  private static final int IV_LENGTH = 16;
  private static final int CHECK_LENGTH = 16;
  private static final int FIXED =
      MAGIC.length + 4 + Passphrases.SALT_LENGTH + IV_LENGTH + CHECK_LENGTH + 4;
  private static final int TRAILER = 2 * Digests.LENGTH;

  private KeyFileFormat() {}

  /** What stays in memory of an unlocked file: enough to write it again, not the passphrase. */
  @SuppressWarnings("ArrayRecordComponent")
  record Lock(int iterations, byte[] salt, SecretBytes master) {
    static Lock create(char[] passphrase, int iterations, SecureRandom random) {
      Passphrases.requireUsable(passphrase);
      return of(passphrase, Passphrases.salt(random), iterations);
    }

    private static Lock of(char[] passphrase, byte[] salt, int iterations) {
      byte[] derived = Passphrases.derive(passphrase, salt, iterations);
      Lock lock = new Lock(iterations, salt, SecretBytes.copyOf(derived));
      Passphrases.wipe(derived);
      return lock;
    }

    byte[] key(String label) {
      return master.use(m -> Digests.hkdfExpand(m, bytes("MEDSEAL-KEYS|" + label), 32));
    }

    byte[] check() {
      return Arrays.copyOf(key("CHECK"), CHECK_LENGTH);
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  record Unlocked(Lock lock, byte[] content) {}

  /** Thrown with a reason; the caller adds the file's name. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final Reason reason;

    Refused(Reason reason, String message) {
      super(message);
      this.reason = reason;
    }

    Reason reason() {
      return reason;
    }
  }

  static byte[] write(Lock lock, byte[] content, SecureRandom random) {
    byte[] iv = new byte[IV_LENGTH];
    random.nextBytes(iv);
    byte[] encrypted = crypt(Cipher.ENCRYPT_MODE, lock, iv, content);
    ByteBuffer out = ByteBuffer.allocate(FIXED + encrypted.length + TRAILER);
    out.put(MAGIC).putInt(lock.iterations).put(lock.salt).put(iv).put(lock.check());
    out.putInt(encrypted.length).put(encrypted);
    out.put(mac(lock, Arrays.copyOf(out.array(), out.position())));
    out.put(Digests.sha256(Arrays.copyOf(out.array(), out.position())));
    return out.array();
  }

  static Unlocked read(byte[] file, char[] passphrase) throws Refused {
    if (file.length < FIXED + TRAILER || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, 16)) {
      throw new Refused(Reason.MALFORMED, "is not a MedSeal key file, or is cut short");
    }
    byte[] beforeSum = Arrays.copyOf(file, file.length - Digests.LENGTH);
    byte[] sum = Arrays.copyOfRange(file, beforeSum.length, file.length);
    if (!MessageDigest.isEqual(Digests.sha256(beforeSum), sum)) {
      throw new Refused(Reason.MALFORMED, "is damaged: restore it from its backup");
    }
    try {
      return readChecked(beforeSum, passphrase);
    } catch (BufferUnderflowException e) {
      throw new Refused(Reason.MALFORMED, "is damaged: restore it from its backup");
    }
  }

  private static Unlocked readChecked(byte[] beforeSum, char[] passphrase) throws Refused {
    ByteBuffer in = ByteBuffer.wrap(beforeSum);
    in.position(MAGIC.length);
    int iterations = in.getInt();
    if (iterations < 1 || iterations > Passphrases.MAX_ITERATIONS) {
      throw new Refused(Reason.MALFORMED, "asks for an absurd number of iterations");
    }
    byte[] salt = take(in, Passphrases.SALT_LENGTH);
    byte[] iv = take(in, IV_LENGTH);
    byte[] check = take(in, CHECK_LENGTH);
    int length = in.getInt();
    if (length != in.remaining() - Digests.LENGTH) {
      throw new Refused(Reason.MALFORMED, "has a wrong length inside");
    }
    byte[] encrypted = take(in, length);
    byte[] mac = take(in, Digests.LENGTH);
    Lock lock = Lock.of(passphrase, salt, iterations);
    if (!MessageDigest.isEqual(lock.check(), check)) {
      throw new Refused(Reason.BAD_PASSPHRASE, "does not open with this passphrase");
    }
    byte[] beforeMac = Arrays.copyOf(beforeSum, beforeSum.length - Digests.LENGTH);
    if (!MessageDigest.isEqual(mac(lock, beforeMac), mac)) {
      throw new Refused(Reason.NOT_AUTHENTIC, "was changed by someone without its passphrase");
    }
    return new Unlocked(lock, crypt(Cipher.DECRYPT_MODE, lock, iv, encrypted));
  }

  private static byte[] take(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static byte[] mac(Lock lock, byte[] covered) {
    return Digests.hmacSha256(lock.key("MAC"), covered);
  }

  private static byte[] crypt(int mode, Lock lock, byte[] iv, byte[] in) {
    try {
      return Pbes2.cipher(mode, lock.key("CIPHER"), iv).doFinal(in);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-CBC failed on a verified key file", e);
    }
  }
}
