package org.medseal.crypto.aead;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medseal.crypto.Digests;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.SeededRandom;

/** Google's Tink reads what we write and we read what it writes. */
class TinkOracleTest {
  private static final byte[] KEY = new byte[16];
  private static final byte[] HEADER = {9, 8, 7};
  private static final int FIRST = 65536 - 24 - 16;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2047, 61440 - 1, FIRST, 65536, 61440 + 65520, 200_000, 1_500_000})
  void tinkOpensOurRecords(int length) throws Exception {
    byte[] plaintext = plaintext(length);
    try (SecretBytes key = SecretBytes.copyOf(KEY)) {
      byte[] sealed = RecordCipher.seal(key, HEADER, plaintext, new SeededRandom(1));
      try (InputStream in =
          tink().newDecryptingStream(new ByteArrayInputStream(sealed), Digests.sha256(HEADER))) {
        assertThat(in.readAllBytes()).isEqualTo(Padding.pad(plaintext));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2047, 61440 - 1, FIRST, 65536, 61440 + 65520, 200_000})
  void weOpenTinksRecords(int length) throws Exception {
    byte[] plaintext = plaintext(length);
    ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    try (OutputStream out = tink().newEncryptingStream(sealed, Digests.sha256(HEADER))) {
      out.write(Padding.pad(plaintext));
    }
    try (SecretBytes key = SecretBytes.copyOf(KEY)) {
      assertThat(RecordCipher.open(key, HEADER, sealed.toByteArray())).isEqualTo(plaintext);
      InputStream in =
          RecordCipher.opening(key, HEADER, new ByteArrayInputStream(sealed.toByteArray()));
      assertThat(in.readAllBytes()).isEqualTo(plaintext);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, FIRST - 1, FIRST, FIRST + 1, FIRST + 65520, FIRST + 65521})
  void unpaddedSegmentBoundariesAreTinks(int length) throws Exception {
    byte[] plaintext = plaintext(length);
    byte[] info = Digests.sha256(HEADER);
    byte[] sealed = SegmentedAead.seal(KEY, info, plaintext, new SeededRandom(2));
    try (InputStream in = tink().newDecryptingStream(new ByteArrayInputStream(sealed), info)) {
      assertThat(in.readAllBytes()).isEqualTo(plaintext);
    }
    ByteArrayOutputStream theirs = new ByteArrayOutputStream();
    try (OutputStream out = tink().newEncryptingStream(theirs, info)) {
      out.write(plaintext);
    }
    assertThat(theirs.size()).isEqualTo(sealed.length);
    assertThat(SegmentedAead.open(KEY, info, theirs.toByteArray())).isEqualTo(plaintext);
  }

  private static AesGcmHkdfStreaming tink() throws Exception {
    return new AesGcmHkdfStreaming(KEY, "HmacSha256", 16, 65536, 0);
  }

  private static byte[] plaintext(int length) {
    byte[] bytes = new byte[length];
    new SeededRandom(length).nextBytes(bytes);
    return bytes;
  }
}
