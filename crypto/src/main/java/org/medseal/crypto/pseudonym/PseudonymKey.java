package org.medseal.crypto.pseudonym;

import static org.medseal.crypto.LengthPrefixed.bytes;

import java.math.BigInteger;
import java.util.Arrays;
import org.medseal.crypto.Digests;
import org.medseal.crypto.LengthPrefixed;
import org.medseal.crypto.SecretBytes;

/**
 * A pseudonym key of 32 bytes: version v of the consortium's, or an institution's local one
 * (version 0). Keeps its own copy of the key and wipes it on close. Immutable otherwise and
 * thread-safe.
 *
 * <p>K(purpose) = HKDF-Expand(key, "MEDSEAL-PSN|" + purpose, 32), so no two purposes share a key.
 */
public final class PseudonymKey implements AutoCloseable {
  private static final byte[] PSN_DOMAIN = bytes("MEDSEAL-PSN-V1\0");
  private static final String PATIENT = "PATIENT";
  private static final String UID = "UID";

  private final int version;
  private final byte[] scope;
  private final SecretBytes key;

  public PseudonymKey(int version, String scope, SecretBytes key) {
    if (version < 0) {
      throw new IllegalArgumentException("key version must not be negative");
    }
    if (key.length() != Digests.LENGTH) {
      throw new IllegalArgumentException("a pseudonym key is 32 bytes, not " + key.length());
    }
    this.version = version;
    this.scope = bytes(scope);
    this.key = key.use(SecretBytes::copyOf);
  }

  public int version() {
    return version;
  }

  public Pseudonym pseudonym(PatientIdentifier id) {
    byte[] fields =
        LengthPrefixed.join(scope, bytes(id.authority()), bytes(id.idType()), bytes(id.id()));
    byte[] psn = hmac(PATIENT, PSN_DOMAIN, fields);
    try (SecretBytes secret = SecretBytes.copyOf(psn)) {
      return Pseudonym.fromSecret(version, secret);
    } finally {
      Arrays.fill(psn, (byte) 0);
    }
  }

  /** 32 bytes for ids an institution minted: order numbers, accession numbers and the like. */
  public byte[] keyed(String purpose, byte[]... parts) {
    if (purpose.isEmpty() || purpose.equals(PATIENT) || purpose.equals(UID)) {
      throw new IllegalArgumentException("purpose '" + purpose + "' is reserved");
    }
    return hmac(purpose, LengthPrefixed.join(scope), LengthPrefixed.join(parts));
  }

  /** A DICOM UID under 2.25 (PS3.5 section B.2) from 128 bits of HMAC; at most 44 characters. */
  public String uid(String original) {
    byte[] mac = hmac(UID, LengthPrefixed.join(scope, bytes(original)));
    return "2.25." + new BigInteger(1, Arrays.copyOf(mac, 16));
  }

  private byte[] hmac(String purpose, byte[]... parts) {
    byte[] derived =
        key.use(k -> Digests.hkdfExpand(k, bytes("MEDSEAL-PSN|" + purpose), Digests.LENGTH));
    try {
      return Digests.hmacSha256(derived, parts);
    } finally {
      Arrays.fill(derived, (byte) 0);
    }
  }

  @Override
  public void close() {
    key.close();
  }
}
