package org.medseal.crypto.sm2;

import static org.medseal.crypto.LengthPrefixed.bytes;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.CryptoException.Reason;
import org.medseal.crypto.Digests;
import org.medseal.crypto.LengthPrefixed;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.aead.RecordCipher;

/**
 * A body sealed to one or more SM2 keys: version 1, 16-byte salt, count, wraps with two-byte
 * lengths, 32-byte key commitment, ciphertext. Context, salt and wraps are bound. It names no
 * recipient: opening tries each wrap.
 */
public final class SealedEnvelope {
  private static final byte VERSION = 1;
  private static final int MAX_RECIPIENTS = 255;
  private static final byte[] DOMAIN = bytes("MEDSEAL-ENVELOPE-V1");

  private SealedEnvelope() {}

  public static byte[] seal(
      String context, byte[] body, List<Sm2PublicKey> recipients, SecureRandom random) {
    if (recipients.isEmpty() || recipients.size() > MAX_RECIPIENTS) {
      throw new IllegalArgumentException("an envelope has 1 to 255 recipients");
    }
    byte[] salt = new byte[RecordCipher.SALT_LENGTH];
    random.nextBytes(salt);
    try (SecretBytes key = SecretBytes.random(RecordCipher.DATA_KEY_LENGTH, random)) {
      List<byte[]> wraps = new ArrayList<>();
      recipients.forEach(recipient -> wraps.add(recipient.wrap(key, random)));
      byte[] header = header(context, salt, wraps);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(VERSION);
      out.writeBytes(salt);
      out.write(wraps.size());
      for (byte[] wrap : wraps) {
        out.write(wrap.length >>> 8);
        out.write(wrap.length);
        out.writeBytes(wrap);
      }
      out.writeBytes(RecordCipher.commitment(key, salt, header));
      out.writeBytes(RecordCipher.seal(key, header, body, random));
      return out.toByteArray();
    }
  }

  /** MALFORMED, WRONG_KEY when sealed to others, NOT_AUTHENTIC when changed. */
  public static byte[] open(String context, byte[] envelope, Sm2PrivateKey recipient) {
    Parsed parsed = parse(envelope);
    try (SecretBytes key = unwrapAny(parsed.wraps, recipient)) {
      byte[] header = header(context, parsed.salt, parsed.wraps);
      RecordCipher.requireCommitment(key, parsed.salt, header, parsed.commitment);
      return RecordCipher.open(key, header, parsed.ciphertext);
    }
  }

  private static SecretBytes unwrapAny(List<byte[]> wraps, Sm2PrivateKey recipient) {
    return wraps.stream()
        .flatMap(wrap -> unwrapped(wrap, recipient).stream())
        .findFirst()
        .orElseThrow(
            () -> new CryptoException(Reason.WRONG_KEY, "envelope is not sealed to this SM2 key"));
  }

  private static Optional<SecretBytes> unwrapped(byte[] wrap, Sm2PrivateKey recipient) {
    try {
      return Optional.of(recipient.unwrap(wrap));
    } catch (CryptoException e) {
      return Optional.empty();
    }
  }

  private static byte[] header(String context, byte[] salt, List<byte[]> wraps) {
    return LengthPrefixed.join(
        DOMAIN, bytes(context), salt, LengthPrefixed.join(wraps.toArray(byte[][]::new)));
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Parsed(byte[] salt, List<byte[]> wraps, byte[] commitment, byte[] ciphertext) {}

  private static Parsed parse(byte[] envelope) {
    try {
      ByteBuffer in = ByteBuffer.wrap(envelope);
      if (in.get() != VERSION) {
        throw malformed();
      }
      byte[] salt = take(in, RecordCipher.SALT_LENGTH);
      int count = in.get() & 0xff;
      List<byte[]> wraps = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        wraps.add(take(in, in.getShort() & 0xffff));
      }
      byte[] commitment = take(in, Digests.LENGTH);
      return new Parsed(salt, wraps, commitment, take(in, in.remaining()));
    } catch (BufferUnderflowException e) {
      throw malformed();
    }
  }

  private static byte[] take(ByteBuffer in, int length) {
    if (length > in.remaining()) {
      throw malformed();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static CryptoException malformed() {
    return new CryptoException(Reason.MALFORMED, "not a sealed envelope of version 1");
  }
}
