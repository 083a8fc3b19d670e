package org.medseal.crypto.pseudonym;

import static org.medseal.crypto.LengthPrefixed.bytes;
import static org.medseal.crypto.LengthPrefixed.u32;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Objects;
import org.medseal.crypto.Digests;
import org.medseal.crypto.SecretBytes;

/**
 * A patient's pseudonym (PSN): 32 bytes under one key version. It never leaves the node and never
 * enters a record, for whoever has it can derive every month's tag. {@code toString} shows nothing.
 */
public final class Pseudonym {
  private static final int MAX_OFFSET_DAYS = 365;

  private final int keyVersion;
  private final byte[] psn;

  private Pseudonym(int keyVersion, byte[] owned) {
    this.keyVersion = keyVersion;
    this.psn = owned;
  }

  /** From the node's own encrypted index. */
  public static Pseudonym fromSecret(int keyVersion, SecretBytes psn) {
    if (keyVersion < 0 || psn.length() != Digests.LENGTH) {
      throw new IllegalArgumentException("a pseudonym is 32 bytes under a key version from 0");
    }
    return new Pseudonym(keyVersion, psn.copy());
  }

  /** For the node's own encrypted index; the caller closes it. */
  public SecretBytes secret() {
    return SecretBytes.copyOf(psn);
  }

  public int keyVersion() {
    return keyVersion;
  }

  /** 32 bytes that stand on the ledger; tags of two months cannot be linked without PSN. */
  public byte[] tag(YearMonth month) {
    if (month.getYear() < 1 || month.getYear() > 9999) {
      throw new IllegalArgumentException("year must be 1 to 9999");
    }
    int yyyymm = month.getYear() * 100 + month.getMonthValue();
    return Digests.hmacSha256(psn, bytes("TAG"), u32(yyyymm));
  }

  /** 32 bytes that stand for the patient inside a record. */
  public byte[] documentPseudonym() {
    return Digests.hmacSha256(psn, bytes("DOC"));
  }

  /** Days added to every date of the patient's records, -365 to 365. */
  public int dateOffsetDays() {
    long bits = ByteBuffer.wrap(Digests.hmacSha256(psn, bytes("DATES"))).getLong();
    return (int) Long.remainderUnsigned(bits, 2L * MAX_OFFSET_DAYS + 1) - MAX_OFFSET_DAYS;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Pseudonym p
        && keyVersion == p.keyVersion
        && MessageDigest.isEqual(psn, p.psn);
  }

  @Override
  public int hashCode() {
    return Objects.hash(keyVersion, Arrays.hashCode(psn));
  }

  @Override
  public String toString() {
    return "Pseudonym[v" + keyVersion + "]";
  }
}
