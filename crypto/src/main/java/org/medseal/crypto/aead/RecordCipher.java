package org.medseal.crypto.aead;

import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.Digests;
import org.medseal.crypto.LengthPrefixed;
import org.medseal.crypto.SecretBytes;

/**
 * Encryption of one record under its own 16-byte data key: padded (Padmé), then AES-128-GCM in 64
 * KiB segments in Tink's AES128_GCM_HKDF streaming format, with SHA-256 of the record's header as
 * HKDF info. A data key seals one record only.
 */
public final class RecordCipher {
  public static final int DATA_KEY_LENGTH = 16;
  public static final int SALT_LENGTH = 16;
  private static final byte[] COMMITMENT_DOMAIN = LengthPrefixed.bytes("MEDSEAL-KC-V1");

  private RecordCipher() {}

  public static byte[] seal(
      SecretBytes dataKey16, byte[] header, byte[] plaintext, SecureRandom random) {
    requireDataKey(dataKey16);
    byte[] padded = Padding.pad(plaintext);
    try {
      return dataKey16.use(key -> SegmentedAead.seal(key, Digests.sha256(header), padded, random));
    } finally {
      Arrays.fill(padded, (byte) 0);
    }
  }

  /** NOT_AUTHENTIC for anything but the exact bytes made under this key and header. */
  public static byte[] open(SecretBytes dataKey16, byte[] header, byte[] ciphertext) {
    requireDataKey(dataKey16);
    return Padding.strip(
        dataKey16.use(key -> SegmentedAead.open(key, Digests.sha256(header), ciphertext)));
  }

  /**
   * Closing completes the record and closes {@code to}. If the source of the plaintext fails
   * midway, throw the output away: closed, it would be a valid, shorter record.
   */
  public static OutputStream sealing(
      SecretBytes dataKey16, byte[] header, OutputStream to, SecureRandom random) {
    requireDataKey(dataKey16);
    byte[] streamHeader = SegmentedAead.newHeader(random);
    SegmentCipher cipher =
        dataKey16.use(key -> new SegmentCipher(key, streamHeader, Digests.sha256(header)));
    return SealingStream.padded(cipher, streamHeader, to);
  }

  /**
   * Releases segments as they are verified; only end of stream says that the record is whole. Reads
   * throw {@link CryptoException} with NOT_AUTHENTIC. The data key must stay open until the first
   * read.
   */
  public static InputStream opening(SecretBytes dataKey16, byte[] header, InputStream from) {
    requireDataKey(dataKey16);
    byte[] info = Digests.sha256(header);
    return new OpeningStream(
        streamHeader -> dataKey16.use(key -> new SegmentCipher(key, streamHeader, info)), from);
  }

  /**
   * 32 bytes that bind the data key to the record's salt and header (GCM itself commits to none).
   */
  public static byte[] commitment(SecretBytes dataKey16, byte[] salt16, byte[] header) {
    requireDataKey(dataKey16);
    if (salt16.length != SALT_LENGTH) {
      throw new IllegalArgumentException("a record's salt is 16 bytes, not " + salt16.length);
    }
    byte[] headerHash = Digests.sha256(header);
    byte[] info = Arrays.copyOf(COMMITMENT_DOMAIN, COMMITMENT_DOMAIN.length + headerHash.length);
    System.arraycopy(headerHash, 0, info, COMMITMENT_DOMAIN.length, headerHash.length);
    return dataKey16.use(key -> Digests.hkdf(key, salt16, info, Digests.LENGTH));
  }

  /** WRONG_KEY unless the data key is the one committed to; checked before any grant. */
  public static void requireCommitment(
      SecretBytes dataKey16, byte[] salt16, byte[] header, byte[] commitment32) {
    if (!MessageDigest.isEqual(commitment(dataKey16, salt16, header), commitment32)) {
      throw new CryptoException(
          CryptoException.Reason.WRONG_KEY, "data key is not the one its record commits to");
    }
  }

  private static void requireDataKey(SecretBytes dataKey) {
    if (dataKey.length() != DATA_KEY_LENGTH) {
      throw new IllegalArgumentException("a data key is 16 bytes, not " + dataKey.length());
    }
  }
}
