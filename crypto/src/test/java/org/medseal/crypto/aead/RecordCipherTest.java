package org.medseal.crypto.aead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.Digests;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.SeededRandom;

class RecordCipherTest {
  private static final byte[] HEADER = {1, 2, 3};
  private static final int SEGMENT = SegmentCipher.SEGMENT;
  private final SecretBytes key =
      SecretBytes.copyOf(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
  private final SeededRandom random = new SeededRandom(42);

  @Property(tries = 100)
  void whatIsSealedOpens(
      @ForAll @Size(max = 3000) byte[] plaintext, @ForAll @Size(max = 50) byte[] header) {
    byte[] sealed = RecordCipher.seal(key, header, plaintext, random);
    assertThat(RecordCipher.open(key, header, sealed)).isEqualTo(plaintext);
  }

  @Property(tries = 30)
  void streamsAndArraysAgree(
      @ForAll @IntRange(max = 200_000) int length,
      @ForAll @IntRange(min = 1, max = 70_000) int step)
      throws IOException {
    byte[] plaintext = plaintext(length);
    ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    try (OutputStream out = RecordCipher.sealing(key, HEADER, sealed, random)) {
      for (int at = 0; at < length; at += step) {
        out.write(plaintext, at, Math.min(step, length - at));
      }
    }
    assertThat(RecordCipher.open(key, HEADER, sealed.toByteArray())).isEqualTo(plaintext);
    assertThat(readInSteps(sealed.toByteArray(), step)).isEqualTo(plaintext);
  }

  @Property(tries = 60)
  void contentThatLooksLikePaddingComesBack(
      @ForAll @IntRange(max = 140_000) int zeros, @ForAll @IntRange(max = 5) int markers)
      throws IOException {
    byte[] plaintext = new byte[2 * zeros + markers];
    Arrays.fill(plaintext, zeros, zeros + markers, (byte) 0x80);
    byte[] sealed = RecordCipher.seal(key, HEADER, plaintext, random);
    assertThat(RecordCipher.open(key, HEADER, sealed)).isEqualTo(plaintext);
    assertThat(readInSteps(sealed, 1000)).isEqualTo(plaintext);
  }

  @Property(tries = 150)
  void everyFlippedBitIsRejected(@ForAll @IntRange(max = 8 * 2200) int at) {
    byte[] sealed = RecordCipher.seal(key, HEADER, plaintext(2048), random);
    int bit = at % (8 * sealed.length);
    sealed[bit / 8] ^= (byte) (1 << bit % 8);
    assertRejected(HEADER, sealed);
  }

  @Property(tries = 100)
  void everyCutIsRejected(@ForAll @IntRange(max = 140_000) int cut) {
    byte[] sealed = RecordCipher.seal(key, HEADER, plaintext(150_000), random);
    assertRejected(HEADER, Arrays.copyOf(sealed, sealed.length - 1 - cut));
  }

  @Example
  void aCutAtASegmentBoundaryIsRejected() {
    byte[] sealed = RecordCipher.seal(key, HEADER, plaintext(150_000), random);
    assertRejected(HEADER, Arrays.copyOf(sealed, SEGMENT));
    assertRejected(HEADER, Arrays.copyOf(sealed, 2 * SEGMENT));
  }

  @Example
  void swappedSegmentsAreRejected() {
    byte[] sealed = RecordCipher.seal(key, HEADER, plaintext(250_000), random);
    byte[] swapped = sealed.clone();
    System.arraycopy(sealed, SEGMENT, swapped, 2 * SEGMENT, SEGMENT);
    System.arraycopy(sealed, 2 * SEGMENT, swapped, SEGMENT, SEGMENT);
    assertRejected(HEADER, swapped);
  }

  @Example
  void extendedStreamsAreRejected() {
    byte[] sealed = RecordCipher.seal(key, HEADER, plaintext(100), random);
    assertRejected(HEADER, Arrays.copyOf(sealed, sealed.length + 1));
    assertRejected(HEADER, Arrays.copyOf(sealed, sealed.length + 16));
    byte[] twice = Arrays.copyOf(sealed, 2 * sealed.length);
    System.arraycopy(sealed, 0, twice, sealed.length, sealed.length);
    assertRejected(HEADER, twice);
  }

  @Example
  void anotherHeaderOrKeyIsRejected() {
    byte[] sealed = RecordCipher.seal(key, HEADER, plaintext(100), random);
    assertRejected(new byte[] {1, 2, 4}, sealed);
    try (SecretBytes other = SecretBytes.random(16, random)) {
      assertThatThrownBy(() -> RecordCipher.open(other, HEADER, sealed))
          .satisfies(this::notAuthentic);
    }
  }

  @Example
  void endOfStreamComesOnlyAfterTheLastSegmentWasVerified() throws IOException {
    byte[] plaintext = plaintext(150_000);
    byte[] sealed = RecordCipher.seal(key, HEADER, plaintext, random);
    sealed[sealed.length - 1] ^= 1;
    InputStream in = RecordCipher.opening(key, HEADER, new ByteArrayInputStream(sealed));
    byte[] first = in.readNBytes(2 * SEGMENT - 24 - 32);
    assertThat(first).isEqualTo(Arrays.copyOf(plaintext, first.length));
    assertThatThrownBy(in::read).satisfies(this::notAuthentic);
    assertThatThrownBy(in::read).satisfies(this::notAuthentic);
  }

  @Example
  void aStreamClosedEarlyNeverSaysItEnded() throws IOException {
    byte[] sealed = RecordCipher.seal(key, HEADER, plaintext(10), random);
    InputStream in = RecordCipher.opening(key, HEADER, new ByteArrayInputStream(sealed));
    in.close();
    assertThatThrownBy(in::read).isInstanceOf(CryptoException.class);
  }

  @Example
  void aFailedWriteCompletesNothing() {
    byte[] taken = new byte[1];
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            taken[0]++;
            throw new IOException("disk full");
          }
        };
    OutputStream out = RecordCipher.sealing(key, HEADER, full, random);
    assertThatThrownBy(() -> out.write(new byte[200_000])).isInstanceOf(IOException.class);
    assertThat(taken[0]).isEqualTo((byte) 1);
    assertThat(closesWithoutWriting(out, taken)).isTrue();
  }

  private static boolean closesWithoutWriting(OutputStream out, byte[] taken) {
    try {
      out.close();
    } catch (IOException e) {
      return false;
    }
    return taken[0] == 1;
  }

  @Example
  void nonCanonicalPaddingIsRejected() throws IOException {
    byte[] info = Digests.sha256(HEADER);
    byte[][] wrong = {
      {},
      {0},
      {1},
      {1, (byte) 0x80, 0, 0, 0},
      {0, 0, 0, 0},
      Arrays.copyOf(Padding.pad(new byte[100]), 120)
    };
    for (byte[] padded : wrong) {
      assertRejected(HEADER, key.use(k -> SegmentedAead.seal(k, info, padded, random)));
    }
  }

  @Example
  void lengthsGrowByAtMostTwelvePercentAndFewAreLeft() {
    long previous = 0;
    int distinct = 0;
    for (long length = 1000; length < 2_000_000; length += 7) {
      long padded = Padding.paddedLength(length);
      assertThat(padded)
          .isGreaterThan(length)
          .isLessThanOrEqualTo((long) (1.12 * (length + 1)) + 1);
      if (padded != previous) {
        distinct++;
        previous = padded;
      }
    }
    assertThat(distinct).isLessThan(300);
    assertThat(Padding.paddedLength(8)).isEqualTo(10); // Padmé of 9, worked by hand
    assertThat(Padding.paddedLength(0)).isEqualTo(1);
  }

  @Example
  void theCommitmentBindsKeySaltAndHeader() {
    byte[] salt = new byte[16];
    byte[] commitment = RecordCipher.commitment(key, salt, HEADER);
    RecordCipher.requireCommitment(key, salt, HEADER, commitment);
    byte[] otherSalt = salt.clone();
    otherSalt[3] = 1;
    try (SecretBytes other = SecretBytes.random(16, random)) {
      assertThatThrownBy(() -> RecordCipher.requireCommitment(other, salt, HEADER, commitment))
          .satisfies(this::wrongKey);
    }
    assertThatThrownBy(() -> RecordCipher.requireCommitment(key, otherSalt, HEADER, commitment))
        .satisfies(this::wrongKey);
    assertThatThrownBy(() -> RecordCipher.requireCommitment(key, salt, new byte[] {1}, commitment))
        .satisfies(this::wrongKey);
    assertThatThrownBy(
            () -> RecordCipher.requireCommitment(key, salt, HEADER, Arrays.copyOf(commitment, 31)))
        .satisfies(this::wrongKey);
  }

  @Example
  void theCommitmentIsNotTheSegmentKey() {
    byte[] sealed = RecordCipher.seal(key, HEADER, plaintext(10), random);
    byte[] streamSalt = Arrays.copyOfRange(sealed, 1, 17);
    byte[] segmentKey = key.use(k -> Digests.hkdf(k, streamSalt, Digests.sha256(HEADER), 32));
    assertThat(RecordCipher.commitment(key, streamSalt, HEADER)).isNotEqualTo(segmentKey);
  }

  private void assertRejected(byte[] header, byte[] sealed) {
    assertThatThrownBy(() -> RecordCipher.open(key, header, sealed)).satisfies(this::notAuthentic);
    InputStream in = RecordCipher.opening(key, header, new ByteArrayInputStream(sealed));
    assertThatThrownBy(in::readAllBytes).satisfies(this::notAuthentic);
  }

  private void notAuthentic(Throwable thrown) {
    assertThat(thrown)
        .isInstanceOfSatisfying(
            CryptoException.class,
            e -> assertThat(e.reason()).isEqualTo(CryptoException.Reason.NOT_AUTHENTIC));
  }

  private void wrongKey(Throwable thrown) {
    assertThat(thrown)
        .isInstanceOfSatisfying(
            CryptoException.class,
            e -> assertThat(e.reason()).isEqualTo(CryptoException.Reason.WRONG_KEY));
  }

  private byte[] readInSteps(byte[] sealed, int step) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (InputStream in = RecordCipher.opening(key, HEADER, new ByteArrayInputStream(sealed))) {
      byte[] buffer = new byte[step];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
      }
    }
    return out.toByteArray();
  }

  private static byte[] plaintext(int length) {
    byte[] bytes = new byte[length];
    new SeededRandom(length).nextBytes(bytes);
    return bytes;
  }
}
