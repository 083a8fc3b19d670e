package org.medseal.crypto.aead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** McGrew and Viega, "The Galois/Counter Mode of Operation", as submitted to NIST, appendix B. */
class AesGcmVectorsTest {
  private static final String PLAIN =
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
          + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
  private static final String CIPHER =
      "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e"
          + "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091";

  @ParameterizedTest(name = "test case {0}")
  @CsvSource({
    "1, 00000000000000000000000000000000, 000000000000000000000000, '', '', '',"
        + " 58e2fccefa7e3061367f1d57a4e7455a",
    "2, 00000000000000000000000000000000, 000000000000000000000000, '',"
        + " 00000000000000000000000000000000, 0388dace60b6a392f328c2b971b2fe78,"
        + " ab6e47d42cec13bdf53a67b21257bddf",
    "4, feffe9928665731c6d6a8f9467308308, cafebabefacedbaddecaf888,"
        + " feedfacedeadbeeffeedfacedeadbeefabaddad2, "
        + PLAIN
        + ", "
        + CIPHER
        + ", 5bc94fbc3221a5db94fae95ae7121a47"
  })
  void theProviderWeNameAnswersNist(
      int number, String key, String iv, String aad, String plain, String encrypted, String tag)
      throws Exception {
    HexFormat hex = HexFormat.of();
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(hex.parseHex(key), "AES"),
        new GCMParameterSpec(128, hex.parseHex(iv)));
    cipher.updateAAD(hex.parseHex(aad));
    assertThat(hex.formatHex(cipher.doFinal(hex.parseHex(plain)))).isEqualTo(encrypted + tag);
  }
}
