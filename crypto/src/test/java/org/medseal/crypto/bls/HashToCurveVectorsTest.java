package org.medseal.crypto.bls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9380 appendix J.9.1, suite BLS12381G1_XMD:SHA-256_SSWU_RO_. */
class HashToCurveVectorsTest {
  private static final String TAG = "QUUX-V01-CS02-with-BLS12381G1_XMD:SHA-256_SSWU_RO_";
  private static final BigInteger P =
      new BigInteger(
          "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9fe"
              + "ffffffffaaab",
          16);

  @ParameterizedTest
  @CsvSource({
    "'', 0, 052926add2207b76ca4fa57a8734416c8dc95e24501772c814278700eed6d1e4e8cf62d9c09db0fac349612b"
        + "759e79a1, 08ba738453bfed09cb546dbb0783dbb3a5f1f566ed67bb6be0e8c67e2e81a4cc68ee29813bb7"
        + "994998f3eae0c9c6a265",
    "abc, 0, 03567bc5ef9c690c2ab2ecdf6a96ef1c139cc0b2f284dca0a9a7943388a49a3aee664ba5379a7655d3c6"
        + "8900be2f6903, 0b9c15f3fe6e5cf4211f346271d7b01c8f3b28be689c8429c85b67af215533311f0b8dfa"
        + "aa154fa6b88176c229f2885d",
    "abcdef0123456789, 0, 11e0b079dea29a68f0383ee94fed1b940995272407e3bb916bbf268c263ddd57a6a2720"
        + "0a784cbc248e84f357ce82d98, 03a87ae2caf14e8ee52e51fa2ed8eefe80f02457004ba4d486d6aa1f517"
        + "c0889501dc7413753f9599b099ebcbbd2d709",
    "q128_, 128, 15f68eaa693b95ccb85215dc65fa81038d69629f70aeee0d0f677cf22285e7bf58d7cb86eefe8f2e"
        + "9bc3f8cb84fac488, 1807a1d50c29f430b8cafc4f8638dfeeadf51211e1602a5f184443076715f91bb90a"
        + "48ba1e370edce6ae1062f5e6dd38",
    "a512_, 512, 082aabae8b7dedb0e78aeb619ad3bfd9277a2f77ba7fad20ef6aabdc6c31d19ba5a6d12283553294"
        + "c1825c4b3ca2dcfe, 05b84ae5a942248eea39e1d91030458c40153f3b654ab7872d779ad1e942856a20c4"
        + "38e8d99bc8abfbf74729ce1f7ac8"
  })
  void hashToG1AnswersRfc9380(String start, int repeated, String x, String y) {
    String message = start + start.substring(0, Math.min(1, start.length())).repeat(repeated);
    G1 point = G1.hashToCurve(message.getBytes(US_ASCII), TAG);
    assertThat(point.bytes()).isEqualTo(compress(x, y));
  }

  /** Zcash form: flag 0x80 for compressed, 0x20 for the larger y. */
  private static byte[] compress(String x, String y) {
    byte[] bytes = HexFormat.of().parseHex(x);
    boolean larger = new BigInteger(y, 16).compareTo(P.shiftRight(1)) > 0;
    byte[] out = Arrays.copyOf(bytes, G1.LENGTH);
    out[0] |= (byte) (larger ? 0xa0 : 0x80);
    return out;
  }
}
