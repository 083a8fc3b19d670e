package org.medseal.connectors.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HostileBytesTest {
  private static final DicomLimits SMALL = new DicomLimits(1 << 16, 1 << 17, 500, 32, 20);
  private static final List<byte[]> FILES =
      List.of(
          Part10.write(TransferSyntax.EXPLICIT_LITTLE, Part10.smallCt()),
          Part10.write(TransferSyntax.EXPLICIT_BIG, Part10.smallCt()),
          Part10.write(TransferSyntax.DEFLATED, Part10.smallCt()),
          Part10.write(TransferSyntax.of("1.2.840.10008.1.2.4.50"), encapsulated()),
          implicit());

  private static Dataset encapsulated() {
    return Part10.smallCt()
        .put(
            new Element.Encapsulated(
                Tag.PIXEL_DATA,
                Vr.OB,
                List.of(MemoryBulkData.of(new byte[4]), MemoryBulkData.of(new byte[6]))));
  }

  /** No preamble, no meta: (0008,0005), a sequence with one item of defined length, a name. */
  private static byte[] implicit() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(hex("0800050004000000"));
    out.writeBytes("GBK ".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    out.writeBytes(hex("08004011" + "14000000" + "FEFF00E0" + "0C000000"));
    out.writeBytes(hex("08005511" + "04000000" + "312E3200"));
    out.writeBytes(hex("10001000" + "04000000" + "415E4220"));
    return out.toByteArray();
  }

  private static byte[] hex(String digits) {
    return java.util.HexFormat.of().parseHex(digits);
  }

  @Test
  void theImplicitSampleIsReadable() {
    DicomFile file = Part10.read(implicit());
    assertThat(file.syntax()).isEqualTo(TransferSyntax.IMPLICIT_LITTLE);
    assertThat(file.leniencies()).containsKeys(Leniency.NO_PREAMBLE, Leniency.NO_META);
    assertThat(Values.firstAscii(file.dataset(), Tag.PATIENT_NAME)).contains("A^B");
  }

  @Test
  void everyCutGivesAFileOrAnAnswer() {
    for (byte[] whole : FILES) {
      for (int length = 0; length < whole.length; length++) {
        attempt(Arrays.copyOf(whole, length));
      }
    }
  }

  @Test
  void everyFlippedByteGivesAFileOrAnAnswer() {
    for (byte[] whole : FILES) {
      for (int at = 128; at < whole.length; at++) {
        for (int flip : new int[] {0xFF, 0x01, 0x80, 0x40}) {
          byte[] broken = whole.clone();
          broken[at] ^= (byte) flip;
          attempt(broken);
        }
      }
    }
  }

  @Property(tries = 2000)
  void manyChangedBytesGiveAFileOrAnAnswer(
      @ForAll @IntRange(max = 4) int file,
      @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 1 << 20) Integer> places,
      @ForAll @Size(12) byte[] values) {
    byte[] broken = FILES.get(file).clone();
    for (int i = 0; i < places.size(); i++) {
      broken[places.get(i) % broken.length] = values[i];
    }
    attempt(broken);
  }

  @Property(tries = 1000)
  void noiseAfterTheMetaGivesAFileOrAnAnswer(@ForAll byte[] noise) {
    byte[] start = Arrays.copyOf(FILES.get(0), 400);
    byte[] broken = Arrays.copyOf(start, start.length + noise.length);
    System.arraycopy(noise, 0, broken, start.length, noise.length);
    attempt(broken);
  }

  /** What is read is bounded by the limits, and can be written and read again. */
  private static void attempt(byte[] bytes) {
    try {
      DicomFile file = Part10.read(bytes, SMALL);
      DicomFile again = Part10.read(Part10.write(file.syntax(), file.dataset()));
      long kept =
          file.dataset().elements().stream()
              .filter(e -> !Set.of(0, 2).contains(Tag.group(e.tag())))
              .count();
      assertThat(again.dataset().elements()).hasSize((int) kept);
    } catch (DicomException e) {
      assertThat(e.reason()).isNotNull();
    }
  }

  @Test
  void aDeclaredLengthIsNotAllocated() {
    byte[] file =
        prefixed("E07F1000" + "4F570000" + "FFFFFF7F" + "0102"); // 2 GiB declared, 2 bytes there
    DicomLimits wide = new DicomLimits(1L << 40, 1L << 40, 10, 4, 4);
    assertThat(reason(file, wide)).isEqualTo(DicomException.Reason.TRUNCATED);
  }

  @Test
  void aLengthAboveTheCapIsRefusedBeforeItIsRead() {
    byte[] file = prefixed("E07F1000" + "4F570000" + "FFFFFF7F" + "0102");
    assertThat(reason(file, SMALL)).isEqualTo(DicomException.Reason.TOO_LARGE);
  }

  @Test
  void sequencesMayNestAsDeepAsTheLimitAndNoDeeper() {
    assertThat(Part10.read(nested(256)).dataset().contains(0x00081140)).isTrue();
    assertThat(reason(nested(257), DicomLimits.IN_MEMORY))
        .isEqualTo(DicomException.Reason.TOO_LARGE);
    assertThat(reason(nested(200_000), DicomLimits.IN_MEMORY))
        .isEqualTo(DicomException.Reason.TOO_LARGE);
  }

  @Test
  void unknownSequencesCountTowardsTheDepth() {
    String open = "08004011" + "FFFFFFFF" + "FEFF00E0" + "FFFFFFFF";
    byte[] file =
        prefixed("09000110" + "554E0000" + "FFFFFFFF" + "FEFF00E0FFFFFFFF" + open.repeat(300));
    assertThat(reason(file, DicomLimits.IN_MEMORY)).isEqualTo(DicomException.Reason.TOO_LARGE);
  }

  @Test
  void fragmentsAreCapped() {
    List<BulkData> many = new ArrayList<>();
    for (int i = 0; i < 21; i++) {
      many.add(MemoryBulkData.of(new byte[0]));
    }
    Dataset dataset = new Dataset().put(new Element.Encapsulated(Tag.PIXEL_DATA, Vr.OB, many));
    byte[] file = Part10.write(TransferSyntax.of("1.2.840.10008.1.2.4.50"), dataset);
    assertThat(reason(file, SMALL)).isEqualTo(DicomException.Reason.TOO_LARGE);
  }

  @Test
  void aSmallDeflatedFileDoesNotBecomeALargeOne() {
    Dataset dataset = new Dataset().put(Part10.bytes(Tag.PIXEL_DATA, Vr.OB, new byte[4 << 20]));
    byte[] file = Part10.write(TransferSyntax.DEFLATED, dataset);
    DicomLimits limits = new DicomLimits(8 << 20, 1 << 20, 500, 32, 20);
    assertThat(file.length).isLessThan(1 << 16);
    assertThat(reason(file, limits)).isEqualTo(DicomException.Reason.TOO_LARGE);
  }

  @Test
  void itemsAreCountedLikeElements() {
    byte[] file = prefixed("08004011" + "53510000" + "FFFFFFFF" + "FEFF00E000000000".repeat(600));
    assertThat(reason(file, SMALL)).isEqualTo(DicomException.Reason.TOO_LARGE);
  }

  @Test
  void aFailingStreamIsNotTakenForATruncatedFile() {
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("disk");
          }

          @Override
          public int read(byte[] to, int offset, int length) throws IOException {
            throw new IOException("disk");
          }
        };
    DicomReader reader = new DicomReader(SMALL, BulkDataStore.inMemory());
    assertThatThrownBy(() -> reader.read(failing)).isInstanceOf(IOException.class);
  }

  @Test
  void valuesGoToTheStoreInPiecesNotByDeclaredLength() throws IOException {
    List<Long> declared = new ArrayList<>();
    BulkDataStore counting =
        (value, length) -> {
          declared.add(length);
          long seen = value.transferTo(java.io.OutputStream.nullOutputStream());
          assertThat(seen).isEqualTo(length);
          return MemoryBulkData.of(new byte[0]);
        };
    byte[] file = Part10.write(TransferSyntax.EXPLICIT_LITTLE, Part10.smallCt());
    new DicomReader(SMALL, counting).read(new ByteArrayInputStream(file));
    assertThat(declared).contains(8L);
  }

  private static byte[] nested(int depth) {
    return prefixed(
        ("08004011" + "53510000" + "FFFFFFFF" + "FEFF00E0FFFFFFFF").repeat(depth)
            + ("FEFF0DE000000000" + "FEFFDDE000000000").repeat(depth));
  }

  /** An explicit little endian file with these bytes as its data set. */
  private static byte[] prefixed(String hexDataset) {
    byte[] head = Part10.write(TransferSyntax.EXPLICIT_LITTLE, new Dataset());
    byte[] body = hex(hexDataset);
    byte[] file = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, file, head.length, body.length);
    return file;
  }

  private static DicomException.Reason reason(byte[] file, DicomLimits limits) {
    DicomException thrown =
        catchThrowableOfType(DicomException.class, () -> Part10.read(file, limits));
    assertThat(thrown).isNotNull();
    return thrown.reason();
  }
}
