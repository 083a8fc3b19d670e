package org.medseal.connectors.deidentify;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.medseal.crypto.pseudonym.PseudonymKey;

/** Stand-ins for ids and codes a hospital minted: 128 bits of HMAC under its own key. */
public final class KeyedIds {

  private static final int LENGTH_BYTES = 16;

  private final PseudonymKey local;

  public KeyedIds(PseudonymKey local) {
    this.local = local;
  }

  /** 32 hexadecimal digits. */
  public String hex(String purpose, String... parts) {
    return HexFormat.of().formatHex(bytes(purpose, parts), 0, LENGTH_BYTES);
  }

  /** In the shape of a UUID (RFC 9562, version 8). */
  public String uuid(String purpose, String... parts) {
    byte[] bytes = bytes(purpose, parts);
    bytes[6] = (byte) ((bytes[6] & 0x0F) | 0x80);
    bytes[8] = (byte) ((bytes[8] & 0x3F) | 0x80);
    String hex = HexFormat.of().formatHex(bytes, 0, LENGTH_BYTES);
    return String.join(
        "-",
        hex.substring(0, 8),
        hex.substring(8, 12),
        hex.substring(12, 16),
        hex.substring(16, 20),
        hex.substring(20));
  }

  public String uid(String original) {
    return local.uid(original);
  }

  private byte[] bytes(String purpose, String... parts) {
    return local.keyed(
        purpose,
        Arrays.stream(parts).map(p -> p.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new));
  }
}
