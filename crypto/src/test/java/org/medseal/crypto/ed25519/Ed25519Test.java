package org.medseal.crypto.ed25519;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.SeededRandom;

class Ed25519Test {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] MESSAGE = {1, 2, 3};
  private static final BigInteger L =
      BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));
  private final Ed25519PrivateKey key = Ed25519PrivateKey.generate(new SeededRandom(1));

  @ParameterizedTest(name = "RFC 8032 section 7.1 test {0}")
  @CsvSource({
    "1, 9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
        + " d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '',"
        + " e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e3970"
        + "1cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "2, 4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
        + " 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72,"
        + " 92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613"
        + "d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "3, c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
        + " fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025, af82,"
        + " 6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760"
        + "984dc6594a7c15e9716ed28dc027beceea1ec40a"
  })
  void answersRfc8032(int number, String seed, String publicKey, String message, String signature) {
    try (SecretBytes secret = SecretBytes.copyOf(HEX.parseHex(seed));
        Ed25519PrivateKey k = Ed25519PrivateKey.fromSeed(secret)) {
      assertThat(HEX.formatHex(k.publicKey().bytes())).isEqualTo(publicKey);
      assertThat(HEX.formatHex(k.sign(HEX.parseHex(message)))).isEqualTo(signature);
      assertThat(k.publicKey().verify(HEX.parseHex(message), HEX.parseHex(signature))).isTrue();
    }
  }

  @Test
  void everyFlippedBitOfASignatureIsRejected() {
    byte[] signature = key.sign(MESSAGE);
    long accepted =
        IntStream.range(0, 512)
            .filter(
                bit -> {
                  byte[] flipped = signature.clone();
                  flipped[bit / 8] ^= (byte) (1 << bit % 8);
                  return key.publicKey().verify(MESSAGE, flipped);
                })
            .count();
    assertThat(accepted).isZero();
  }

  @Test
  void aScalarPlusTheOrderIsRejected() {
    byte[] signature = key.sign(MESSAGE);
    byte[] s = reversed(Arrays.copyOfRange(signature, 32, 64));
    byte[] shifted = new BigInteger(1, s).add(L).toByteArray();
    byte[] forged = signature.clone();
    Arrays.fill(forged, 32, 64, (byte) 0);
    byte[] little = reversed(shifted);
    System.arraycopy(little, 0, forged, 32, Math.min(32, little.length));
    assertThat(key.publicKey().verify(MESSAGE, forged)).isFalse();
  }

  @Test
  void otherLengthsAndMessagesAreRejected() {
    byte[] signature = key.sign(MESSAGE);
    assertThat(key.publicKey().verify(MESSAGE, Arrays.copyOf(signature, 63))).isFalse();
    assertThat(key.publicKey().verify(MESSAGE, Arrays.copyOf(signature, 65))).isFalse();
    assertThat(key.publicKey().verify(new byte[] {1}, signature)).isFalse();
  }

  /** The eight points of small order, then encodings that are not canonical or not on the curve. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0200000000000000000000000000000000000000000000000000000000000000",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f70751"
      })
  void badPublicKeysAreRefused(String hex) {
    assertThatThrownBy(() -> Ed25519PublicKey.fromBytes(HEX.parseHex(hex)))
        .isInstanceOfSatisfying(
            CryptoException.class,
            e -> assertThat(e.reason()).isEqualTo(CryptoException.Reason.BAD_PUBLIC_KEY));
  }

  @Test
  void storedSeedsGiveTheSameKey() {
    try (SecretBytes seed = key.seed();
        Ed25519PrivateKey restored = Ed25519PrivateKey.fromSeed(seed)) {
      assertThat(restored.publicKey()).isEqualTo(key.publicKey());
      assertThat(restored.sign(MESSAGE)).isEqualTo(key.sign(MESSAGE));
    }
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] out = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      out[i] = bytes[bytes.length - 1 - i];
    }
    return out;
  }
}
