package org.medseal.crypto.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.CryptoException.Reason;
import org.medseal.crypto.Digests;
import org.medseal.crypto.SecretBytes;

class KeyFileTest {
  private static final int FEW_ITERATIONS = 5;
  private static final byte[] STORAGE = {1, 2, 3, 4};
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeOne() {
    file = folder.resolve("node.keys");
    try (KeyFile keys = KeyFile.create(file, right(), FEW_ITERATIONS);
        SecretBytes storage = SecretBytes.copyOf(STORAGE);
        SecretBytes empty = SecretBytes.copyOf(new byte[0])) {
      keys.put("storage", storage);
      keys.put("empty", empty);
      keys.setUsers(List.of("dr-li", "admin-\u738b"));
      keys.save();
    }
  }

  @Test
  void whatWasSavedIsThereAgain() {
    try (KeyFile keys = KeyFile.open(file, right())) {
      assertThat(keys.names()).containsExactly("empty", "storage");
      assertThat(keys.get("storage").copy()).isEqualTo(STORAGE);
      assertThat(keys.get("empty").length()).isZero();
      assertThat(keys.users()).containsExactly("dr-li", "admin-\u738b");
    }
  }

  @Test
  void whatWasNotSavedIsNot() {
    try (KeyFile keys = KeyFile.open(file, right());
        SecretBytes value = SecretBytes.copyOf(STORAGE)) {
      keys.put("later", value);
    }
    try (KeyFile keys = KeyFile.open(file, right())) {
      assertThat(keys.find("later")).isEmpty();
      assertReason(Reason.MISSING_KEY, "'later'", () -> keys.get("later"));
    }
  }

  @Test
  void aWrongPassphraseSaysSoInOneLineWithTheFile() {
    assertReason(
        Reason.BAD_PASSPHRASE,
        "key file " + file + " does not open with this passphrase",
        () -> KeyFile.open(file, "wrong".toCharArray()));
  }

  @Test
  void everyFlippedBitIsNoticed() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Set<Reason> reasons =
        IntStream.range(0, 8 * bytes.length)
            .mapToObj(
                bit -> {
                  byte[] flipped = bytes.clone();
                  flipped[bit / 8] ^= (byte) (1 << bit % 8);
                  return reasonOf(flipped);
                })
            .collect(Collectors.toSet());
    assertThat(reasons).containsExactly(Reason.MALFORMED);
  }

  @Test
  void everyCutIsNoticed() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length; length++) {
      assertThat(reasonOf(Arrays.copyOf(bytes, length))).isEqualTo(Reason.MALFORMED);
    }
    assertThat(reasonOf(Arrays.copyOf(bytes, bytes.length + 1))).isEqualTo(Reason.MALFORMED);
  }

  /** Whoever recomputes the plain checksum after a change still fails. */
  @Test
  void tamperingWithARepairedChecksumIsNoticed() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int bit = 0; bit < 8 * (bytes.length - 32); bit++) {
      byte[] forged = bytes.clone();
      forged[bit / 8] ^= (byte) (1 << bit % 8);
      if (bit / 8 >= 16 && bit / 8 < 19) {
        continue; // high bytes of the iteration count: refused or slow, tested below
      }
      byte[] sum = Digests.sha256(Arrays.copyOf(forged, forged.length - 32));
      System.arraycopy(sum, 0, forged, forged.length - 32, 32);
      assertThat(reasonOf(forged))
          .isIn(EnumSet.of(Reason.NOT_AUTHENTIC, Reason.BAD_PASSPHRASE, Reason.MALFORMED));
    }
  }

  @Test
  void anAbsurdIterationCountIsRefusedAtOnce() throws IOException {
    byte[] forged = Files.readAllBytes(file);
    forged[16] = 0x7f;
    byte[] sum = Digests.sha256(Arrays.copyOf(forged, forged.length - 32));
    System.arraycopy(sum, 0, forged, forged.length - 32, 32);
    assertThat(reasonOf(forged)).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void onlyItsOwnerMayReadIt() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    for (String mode : new String[] {"rw-r-----", "rw----r--", "rw--w----", "rwx------"}) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      assertReason(Reason.BAD_PERMISSIONS, "chmod 600", () -> KeyFile.open(file, right()));
    }
  }

  @Test
  void savingLeavesNoOtherFileAndNoClearText() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
    String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    assertThat(bytes).doesNotContain("storage").doesNotContain("dr-li");
  }

  @Test
  void everySaveEncryptsAfresh() throws IOException {
    byte[] before = Files.readAllBytes(file);
    try (KeyFile keys = KeyFile.open(file, right())) {
      keys.save();
    }
    byte[] after = Files.readAllBytes(file);
    assertThat(Arrays.copyOfRange(after, 72, after.length - 64))
        .isNotEqualTo(Arrays.copyOfRange(before, 72, before.length - 64));
  }

  @Test
  void anExistingFileIsNotReplacedByCreate() {
    assertReason(Reason.IO, "exists", () -> KeyFile.create(file, right(), FEW_ITERATIONS));
  }

  @Test
  void aMissingFileIsNamed() {
    assertReason(Reason.IO, "absent", () -> KeyFile.open(folder.resolve("absent"), right()));
  }

  @Test
  void theRealWorkFactorOpensToo() {
    Path real = folder.resolve("real.keys");
    KeyFile.create(real, right()).close();
    try (KeyFile keys = KeyFile.open(real, right())) {
      assertThat(keys.names()).isEmpty();
    }
  }

  @Test
  void nothingIsLeftAfterClose() {
    KeyFile keys = KeyFile.open(file, right());
    keys.close();
    assertThatThrownBy(() -> keys.get("storage")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(keys::save).isInstanceOf(IllegalStateException.class);
  }

  private Reason reasonOf(byte[] content) {
    try {
      Files.write(file, content);
      KeyFile.open(file, right()).close();
      throw new AssertionError("opened");
    } catch (CryptoException e) {
      assertThat(e).hasMessageContaining(file.toString());
      return e.reason();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertReason(Reason reason, String text, ThrowingCallable call) {
    assertThatThrownBy(call)
        .hasMessageContaining(text)
        .isInstanceOfSatisfying(
            CryptoException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static char[] right() {
    return "right".toCharArray();
  }
}
