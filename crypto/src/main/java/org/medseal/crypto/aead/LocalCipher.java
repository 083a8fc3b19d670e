package org.medseal.crypto.aead;

import static org.medseal.crypto.LengthPrefixed.bytes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.security.SecureRandom;
import org.medseal.crypto.Digests;
import org.medseal.crypto.LengthPrefixed;
import org.medseal.crypto.SecretBytes;

/**
 * Encryption at rest under the institution's 32-byte storage key. The context (journal, table,
 * purpose) is bound: bytes sealed in one do not open in another. Thread-safe.
 */
public final class LocalCipher implements AutoCloseable {
  private static final byte[] DOMAIN = bytes("MEDSEAL-LOCAL-V1");
  private static final int KEY_LENGTH = 32;

  private final SecretBytes sealKey;
  private final SecretBytes fingerprintKey;
  private final SecureRandom random = new SecureRandom();

  /** Derives its own keys; the caller may close the storage key afterwards. */
  public LocalCipher(SecretBytes storageKey) {
    if (storageKey.length() != KEY_LENGTH) {
      throw new IllegalArgumentException("a storage key is 32 bytes, not " + storageKey.length());
    }
    this.sealKey = derive(storageKey, "MEDSEAL-LOCAL|SEAL");
    this.fingerprintKey = derive(storageKey, "MEDSEAL-LOCAL|FINGERPRINT");
  }

  private static SecretBytes derive(SecretBytes storageKey, String label) {
    return storageKey.use(
        key -> SecretBytes.copyOf(Digests.hkdfExpand(key, bytes(label), KEY_LENGTH)));
  }

  public byte[] seal(String context, byte[] plaintext) {
    return sealKey.use(key -> SegmentedAead.seal(key, contextHash(context), plaintext, random));
  }

  /** The same from what is left in the one to where the other stands; both have arrays. */
  public void seal(String context, ByteBuffer plaintext, ByteBuffer to) {
    byte[] header = SegmentedAead.newHeader(random);
    byte[] info = contextHash(context);
    SegmentCipher cipher = sealKey.use(key -> new SegmentCipher(key, header, info));
    SegmentedAead.seal(cipher, header, plaintext, to);
  }

  /** Of so many bytes sealed. */
  public static int sealedLength(int plainBytes) {
    return SegmentedAead.sealedLength(plainBytes);
  }

  /** NOT_AUTHENTIC for anything but the exact bytes sealed under this key and context. */
  public byte[] open(String context, byte[] ciphertext) {
    return sealKey.use(key -> SegmentedAead.open(key, contextHash(context), ciphertext));
  }

  /**
   * As {@link #seal}, for what is too large for memory. Closing completes it and closes {@code to};
   * if the source fails midway, throw the output away.
   */
  public OutputStream sealing(String context, OutputStream to) {
    byte[] header = SegmentedAead.newHeader(random);
    byte[] info = contextHash(context);
    return SealingStream.unpadded(
        sealKey.use(key -> new SegmentCipher(key, header, info)), header, to);
  }

  /**
   * What {@link #sealing} or {@link #seal} made, from the given byte of its plaintext on. Skipping
   * costs one segment. Each segment is verified before a byte of it is released: NOT_AUTHENTIC. The
   * stream closes the channel.
   */
  public InputStream opening(String context, SeekableByteChannel from, long offset)
      throws IOException {
    byte[] info = contextHash(context);
    return SeekingStream.open(
        header -> sealKey.use(key -> new SegmentCipher(key, header, info)), from, offset);
  }

  /** Of the plaintext in so many sealed bytes: a file cut short is known before it is read. */
  public static long openedLength(long sealedBytes) {
    return SeekingStream.plainBytes(sealedBytes);
  }

  /** 32 bytes, keyed: equal inputs can be found again, but not guessed without the key. */
  public byte[] fingerprint(String context, byte[]... parts) {
    return fingerprintKey.use(
        key -> Digests.hmacSha256(key, contextHash(context), LengthPrefixed.join(parts)));
  }

  private static byte[] contextHash(String context) {
    return Digests.sha256(LengthPrefixed.join(DOMAIN, bytes(context)));
  }

  @Override
  public void close() {
    sealKey.close();
    fingerprintKey.close();
  }
}
