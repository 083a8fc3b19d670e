package org.medseal.crypto.aead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.SecretBytes;

final class SeekingStreamTest {
  private static final int FIRST = SegmentCipher.SEGMENT - SegmentCipher.HEADER - SegmentCipher.TAG;
  private static final int EACH = SegmentCipher.SEGMENT - SegmentCipher.TAG;

  private final LocalCipher cipher = new LocalCipher(SecretBytes.copyOf(new byte[32]));
  @TempDir Path folder;

  @AfterEach
  void close() {
    cipher.close();
  }

  private static byte[] plain(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private Path sealed(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream sealing = cipher.sealing("here", out)) {
      sealing.write(plain);
    }
    return Files.write(folder.resolve("sealed"), out.toByteArray());
  }

  private byte[] open(String context, Path file, long offset) throws IOException {
    try (InputStream in = cipher.opening(context, FileChannel.open(file), offset)) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, FIRST - 1, FIRST, FIRST + 1, FIRST + EACH, FIRST + EACH + 1, 300_000})
  void everyOffsetGivesTheRest(int length) throws IOException {
    byte[] plain = plain(length);
    Path file = sealed(plain);
    for (int offset : new int[] {0, 1, FIRST - 1, FIRST, FIRST + 1, FIRST + EACH, length}) {
      if (offset <= length) {
        assertThat(open("here", file, offset)).isEqualTo(Arrays.copyOfRange(plain, offset, length));
      }
    }
    assertThat(SeekingStream.plainBytes(Files.size(file))).isEqualTo(length);
  }

  @Test
  void theWholeOpensAsOneSealedInMemory() throws IOException {
    byte[] plain = plain(200_000);
    assertThat(cipher.open("here", Files.readAllBytes(sealed(plain)))).isEqualTo(plain);
    Path file = Files.write(folder.resolve("whole"), cipher.seal("here", plain));
    assertThat(open("here", file, 70_000)).isEqualTo(Arrays.copyOfRange(plain, 70_000, 200_000));
  }

  @Test
  void skippingReadsOnlyWhatIsAfterwards() throws IOException {
    byte[] plain = plain(300_000);
    try (InputStream in = cipher.opening("here", FileChannel.open(sealed(plain)), 10)) {
      assertThat(in.skip(250_000)).isEqualTo(250_000);
      assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(plain, 250_010, 300_000));
      assertThat(in.skip(1)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 23, 24, 39, 40, 65_535, 65_536, 131_072, 199_999})
  void whatIsCutDoesNotReadToAnEnd(int kept) throws IOException {
    Path file = sealed(plain(200_000));
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), kept));
    assertThatExceptionOfType(CryptoException.class).isThrownBy(() -> open("here", file, 0));
  }

  @Test
  void neitherAnotherContextNorAChangedByteOpens() throws IOException {
    Path file = sealed(plain(200_000));
    assertThatExceptionOfType(CryptoException.class).isThrownBy(() -> open("there", file, 0));
    byte[] changed = Files.readAllBytes(file);
    changed[150_000] ^= 1;
    Files.write(file, changed);
    assertThatExceptionOfType(CryptoException.class).isThrownBy(() -> open("here", file, 140_000));
    assertThat(open("here", file, 199_000 + 999)).hasSize(1);
  }
}
