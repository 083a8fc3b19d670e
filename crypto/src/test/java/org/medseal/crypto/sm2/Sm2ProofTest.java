package org.medseal.crypto.sm2;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sm2ProofTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] MESSAGE = "a key".getBytes(StandardCharsets.UTF_8);

  /** GB/T 32918.5 annex A: message "message digest", default identity. */
  @Test
  void theStandardsOwnSignatureVerifies() {
    byte[] point =
        HexFormat.of()
            .parseHex(
                "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
                    + "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13");
    byte[] signature =
        HexFormat.of()
            .parseHex(
                "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
                    + "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa");
    assertThat(
            Sm2PublicKey.fromPoint(point)
                .verify("message digest".getBytes(StandardCharsets.UTF_8), signature))
        .isTrue();
  }

  @Test
  void onlyTheKeysHolderProvesAndOnlyThisMessage() {
    try (Sm2PrivateKey key = Sm2PrivateKey.generate(RANDOM);
        Sm2PrivateKey other = Sm2PrivateKey.generate(RANDOM)) {
      byte[] proof = key.prove(MESSAGE, RANDOM);
      assertThat(proof).hasSize(64);
      assertThat(key.publicKey().verify(MESSAGE, proof)).isTrue();
      assertThat(other.publicKey().verify(MESSAGE, proof)).isFalse();
      assertThat(key.publicKey().verify(new byte[0], proof)).isFalse();
      for (int i = 0; i < proof.length; i++) {
        byte[] changed = proof.clone();
        changed[i] ^= 1;
        assertThat(key.publicKey().verify(MESSAGE, changed)).isFalse();
      }
    }
  }

  @Test
  void whatIsNoSignatureIsAnAnswerNotAnException() {
    try (Sm2PrivateKey key = Sm2PrivateKey.generate(RANDOM)) {
      assertThat(key.publicKey().verify(MESSAGE, new byte[64])).isFalse();
      assertThat(key.publicKey().verify(MESSAGE, new byte[63])).isFalse();
      byte[] n = Sm2Curve.DOMAIN.getN().toByteArray();
      byte[] large = new byte[64];
      System.arraycopy(n, n.length - 32, large, 0, 32);
      System.arraycopy(BigInteger.ONE.shiftLeft(255).toByteArray(), 1, large, 32, 32);
      assertThat(key.publicKey().verify(MESSAGE, large)).isFalse();
    }
  }
}
