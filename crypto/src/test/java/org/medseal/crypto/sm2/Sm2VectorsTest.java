package org.medseal.crypto.sm2;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medseal.crypto.SecretBytes;

class Sm2VectorsTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final String D =
      "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8";
  private static final String K =
      "59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21";

  /** GB/T 32918.5 annex C (GM/T 0003.5 annex C), recommended curve, "encryption standard". */
  @Test
  void encryptionAnswersTheStandardsExample() {
    try (SecretBytes d = SecretBytes.copyOf(HEX.parseHex(D));
        Sm2PrivateKey key = Sm2PrivateKey.fromScalar(d)) {
      assertThat(HEX.formatHex(key.publicKey().point()))
          .isEqualTo(
              "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
                  + "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13");
      byte[] plaintext = "encryption standard".getBytes(US_ASCII);
      byte[] raw =
          Sm2Encryption.encrypt(
              Sm2Curve.point(key.publicKey().point()), plaintext, new FixedRandom());
      assertThat(HEX.formatHex(raw))
          .isEqualTo(
              "0404ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73"
                  + "e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0"
                  + "59983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766"
                  + "21886ca989ca9c7d58087307ca93092d651efa");
      assertThat(Sm2Encryption.decrypt(new BigInteger(D, 16), Sm2Ciphertext.toDer(raw)))
          .isEqualTo(plaintext);
    }
  }

  /** GB/T 32905 annex A. */
  @ParameterizedTest
  @CsvSource({
    "abc, 1, 66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
    "abcd, 16, debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
  })
  void sm3AnswersTheStandardsExamples(String text, int times, String digest) {
    byte[] message = text.repeat(times).getBytes(US_ASCII);
    SM3Digest sm3 = new SM3Digest();
    sm3.update(message, 0, message.length);
    byte[] out = new byte[sm3.getDigestSize()];
    sm3.doFinal(out, 0);
    assertThat(HEX.formatHex(out)).isEqualTo(digest);
  }

  /** The example's k, each time it is asked for 32 bytes. */
  private static final class FixedRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    @Override
    public void nextBytes(byte[] bytes) {
      assertThat(bytes).hasSize(32);
      System.arraycopy(HEX.parseHex(K), 0, bytes, 0, 32);
    }
  }
}
