package org.medseal.crypto.sm2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.BERSequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.CryptoException.Reason;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.SeededRandom;

class Sm2WrappingTest {
  private final SeededRandom random = new SeededRandom(1);
  private final Sm2PrivateKey key = Sm2PrivateKey.generate(random);
  private final SecretBytes dataKey = SecretBytes.random(16, random);

  @Test
  void whatIsWrappedUnwraps() {
    for (int i = 0; i < 20; i++) {
      byte[] wrapped = key.publicKey().wrap(dataKey, random);
      assertThat(wrapped.length).isBetween(118, 124);
      assertThat(key.unwrap(wrapped).constantTimeEquals(dataKey)).isTrue();
    }
  }

  @Test
  void anotherKeyDoesNotUnwrap() {
    byte[] wrapped = key.publicKey().wrap(dataKey, random);
    assertRefused(Sm2PrivateKey.generate(random), wrapped);
  }

  @Test
  void everyFlippedBitIsRefusedWithOneError() {
    byte[] wrapped = key.publicKey().wrap(dataKey, random);
    Set<String> messages = new HashSet<>();
    IntStream.range(0, 8 * wrapped.length)
        .forEach(
            bit -> {
              byte[] flipped = wrapped.clone();
              flipped[bit / 8] ^= (byte) (1 << bit % 8);
              messages.add(assertRefused(key, flipped));
            });
    assertThat(messages).hasSize(1);
  }

  @Test
  void everyCutAndEveryTrailingByteIsRefused() {
    byte[] wrapped = key.publicKey().wrap(dataKey, random);
    for (int length = 0; length < wrapped.length; length++) {
      assertRefused(key, Arrays.copyOf(wrapped, length));
    }
    assertRefused(key, Arrays.copyOf(wrapped, wrapped.length + 1));
  }

  @Test
  void otherEncodingsOfTheSameCiphertextAreRefused() throws IOException {
    byte[] wrapped = key.publicKey().wrap(dataKey, random);
    ASN1Sequence parts = ASN1Sequence.getInstance(wrapped);
    byte[] indefinite = new BERSequence(parts.toArray()).getEncoded(ASN1Encoding.BER);
    assertThat(ASN1Sequence.getInstance(indefinite)).isEqualTo(parts);
    assertRefused(key, indefinite);
    byte[] longLength = new byte[wrapped.length + 1];
    longLength[0] = wrapped[0];
    longLength[1] = (byte) 0x81;
    System.arraycopy(wrapped, 1, longLength, 2, wrapped.length - 1);
    assertThat(wrapped[1]).isPositive();
    assertRefused(key, longLength);
  }

  @Test
  void infinityAndPointsOffTheCurveAreRefused() throws IOException {
    ASN1Sequence parts = ASN1Sequence.getInstance(key.publicKey().wrap(dataKey, random));
    BigInteger x = ((ASN1Integer) parts.getObjectAt(0)).getValue();
    BigInteger y = ((ASN1Integer) parts.getObjectAt(1)).getValue();
    BigInteger p = Sm2Curve.DOMAIN.getCurve().getField().getCharacteristic();
    assertRefused(key, withPoint(parts, x, y.add(BigInteger.ONE)));
    assertRefused(key, withPoint(parts, BigInteger.ZERO, BigInteger.ZERO));
    assertRefused(key, withPoint(parts, x.add(p), y));
    assertRefused(key, withPoint(parts, x.negate(), y));
    assertThat(withPoint(parts, x, y)).isEqualTo(parts.getEncoded(ASN1Encoding.DER));
  }

  @Test
  void unwrappingGivesExactlySixteenBytes() {
    for (int length : new int[] {1, 15, 17, 32}) {
      byte[] raw =
          Sm2Encryption.encrypt(Sm2Curve.point(key.publicKey().point()), new byte[length], random);
      assertRefused(key, Sm2Ciphertext.toDer(raw));
    }
    try (SecretBytes tooLong = SecretBytes.random(17, random)) {
      assertThatThrownBy(() -> key.publicKey().wrap(tooLong, random))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void badPublicKeysAreRefusedAtImport() {
    byte[] point = key.publicKey().point();
    byte[] offCurve = point.clone();
    offCurve[64] ^= 1;
    byte[] hybrid = point.clone();
    hybrid[0] = (byte) (6 + (point[64] & 1));
    byte[] compressed = Arrays.copyOf(point, 33);
    compressed[0] = (byte) (2 + (point[64] & 1));
    for (byte[] bad :
        new byte[][] {
          offCurve, hybrid, compressed, {0}, new byte[65], {}, Arrays.copyOf(point, 66)
        }) {
      assertReason(Reason.BAD_PUBLIC_KEY, () -> Sm2PublicKey.fromPoint(bad));
    }
    assertThat(Sm2PublicKey.fromPoint(point)).isEqualTo(key.publicKey());
  }

  @Test
  void pemRoundTripsAndOtherTextIsMalformed() {
    String pem = key.publicKey().toPem();
    assertThat(Sm2PublicKey.fromPem(pem)).isEqualTo(key.publicKey());
    assertReason(Reason.MALFORMED, () -> Sm2PublicKey.fromPem(pem.replace("PUBLIC", "PRIVATE")));
    assertReason(Reason.MALFORMED, () -> Sm2PublicKey.fromPem("-----BEGIN PUBLIC KEY-----"));
    assertReason(Reason.MALFORMED, () -> Sm2PublicKey.fromPem(pem + pem));
  }

  @Test
  void scalarsOutsideTheirRangeAreRefused() {
    BigInteger n = Sm2Curve.DOMAIN.getN();
    for (BigInteger bad : new BigInteger[] {BigInteger.ZERO, n.subtract(BigInteger.ONE), n}) {
      assertReason(Reason.MALFORMED, () -> Sm2PrivateKey.fromInteger(bad));
    }
    try (SecretBytes scalar = key.scalar()) {
      assertThat(Sm2PrivateKey.fromScalar(scalar).publicKey()).isEqualTo(key.publicKey());
    }
  }

  private static byte[] withPoint(ASN1Sequence parts, BigInteger x, BigInteger y)
      throws IOException {
    ASN1EncodableVector vector = new ASN1EncodableVector();
    vector.add(new ASN1Integer(x));
    vector.add(new ASN1Integer(y));
    for (int i = 2; i < 4; i++) {
      vector.add(new DEROctetString(ASN1OctetString.getInstance(parts.getObjectAt(i)).getOctets()));
    }
    return new DERSequence(vector).getEncoded(ASN1Encoding.DER);
  }

  private static String assertRefused(Sm2PrivateKey key, byte[] wrapped) {
    assertThatThrownBy(() -> key.unwrap(wrapped))
        .hasNoCause()
        .isInstanceOfSatisfying(
            CryptoException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_AUTHENTIC));
    try {
      key.unwrap(wrapped);
      return "unwrapped";
    } catch (CryptoException e) {
      return e.getMessage();
    }
  }

  private static void assertReason(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            CryptoException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
