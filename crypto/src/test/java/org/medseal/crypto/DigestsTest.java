package org.medseal.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestsTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void sha256OfAbcIsTheAnswerOfFips180() {
    assertThat(HEX.formatHex(Digests.sha256("a".getBytes(US_ASCII), "bc".getBytes(US_ASCII))))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void whatFailedHalfwayIsNotInTheNextDigest() {
    byte[] abc = "abc".getBytes(US_ASCII);
    byte[] before = Digests.sha256(abc);
    assertThatThrownBy(() -> Digests.sha256(abc, null)).isInstanceOf(NullPointerException.class);
    assertThat(Digests.sha256(abc)).isEqualTo(before);
  }

  @ParameterizedTest(name = "RFC 4231 case {0}")
  @CsvSource({
    "1, 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 4869205468657265,"
        + " b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
    "2, 4a656665, 7768617420646f2079612077616e7420666f72206e6f7468696e673f,"
        + " 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    "4, 0102030405060708090a0b0c0d0e0f10111213141516171819,"
        + " cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd"
        + "cdcdcdcdcdcdcdcd, 82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
  })
  void hmacAnswersRfc4231(int number, String key, String message, String mac) {
    assertThat(HEX.formatHex(Digests.hmacSha256(HEX.parseHex(key), HEX.parseHex(message))))
        .isEqualTo(mac);
  }

  @Test
  void hmacWithAKeyLongerThanABlockAnswersRfc4231Case6() {
    byte[] key = new byte[131];
    Arrays.fill(key, (byte) 0xaa);
    byte[] message = "Test Using Larger Than Block-Size Key - Hash Key First".getBytes(US_ASCII);
    assertThat(HEX.formatHex(Digests.hmacSha256(key, message)))
        .isEqualTo("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  }

  @ParameterizedTest(name = "RFC 5869 case {0}")
  @CsvSource({
    "1, 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 000102030405060708090a0b0c,"
        + " f0f1f2f3f4f5f6f7f8f9, 3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
        + "34007208d5b887185865",
    "3, 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, '', '',"
        + " 8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
  })
  void hkdfAnswersRfc5869(int number, String ikm, String salt, String info, String okm) {
    byte[] out =
        Digests.hkdf(HEX.parseHex(ikm), HEX.parseHex(salt), HEX.parseHex(info), okm.length() / 2);
    assertThat(HEX.formatHex(out)).isEqualTo(okm);
  }

  @Test
  void hkdfOverSeveralBlocksAnswersRfc5869Case2() {
    byte[] out = Digests.hkdf(range(0x00, 80), range(0x60, 80), range(0xb0, 80), 82);
    assertThat(HEX.formatHex(out))
        .isEqualTo(
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
                + "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
                + "cc30c58179ec3e87c14c01d5c1f3434f1d87");
  }

  @Test
  void hkdfRefusesLengthsOutsideItsRange() {
    assertThatThrownBy(() -> Digests.hkdfExpand(new byte[32], new byte[0], 8161))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Digests.hkdfExpand(new byte[32], new byte[0], 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void lengthPrefixesTellApartWhatConcatenationConfuses() {
    byte[] ab = {1, 2};
    byte[] c = {3};
    assertThat(LengthPrefixed.join(ab, c))
        .isEqualTo(HEX.parseHex("00000000000000020102000000000000000103"))
        .isNotEqualTo(LengthPrefixed.join(new byte[] {1}, new byte[] {2, 3}));
  }

  private static byte[] range(int from, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (from + i);
    }
    return bytes;
  }
}
