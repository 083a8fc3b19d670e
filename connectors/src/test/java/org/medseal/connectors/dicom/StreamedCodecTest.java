package org.medseal.connectors.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medseal.connectors.content.Content;

class StreamedCodecTest {
  private static final DicomCodec CODEC = DicomCodec.standard();

  private static byte[] pixels(int seed, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + seed + (i >> 8));
    }
    return bytes;
  }

  private static Dataset large() {
    return Part10.smallCt()
        .put(
            Part10.sequence(0x00880200, new Dataset().put(large(Tag.PIXEL_DATA, Vr.OW, 3, 20_000))))
        .put(large(Tag.PIXEL_DATA, Vr.OW, 1, 100_000))
        .put(large(0x7FE10010 | 0x20000, Vr.OB, 2, 50_000));
  }

  private static Element large(int tag, Vr vr, int seed, int length) {
    return new Element.Plain(tag, vr, MemoryBulkData.of(pixels(seed, length)));
  }

  /** With every value on the heap, so that data sets compare. */
  private static Dataset held(Dataset dataset) {
    Dataset held = new Dataset();
    for (Element element : dataset.elements()) {
      if (element instanceof Element.Plain plain) {
        held.put(new Element.Plain(plain.tag(), plain.vr(), held(plain.value())));
      } else if (element instanceof Element.Sequence sequence) {
        held.put(
            new Element.Sequence(
                sequence.tag(), sequence.items().stream().map(StreamedCodecTest::held).toList()));
      } else if (element instanceof Element.Encapsulated encapsulated) {
        List<BulkData> fragments = new ArrayList<>();
        encapsulated.fragments().forEach(fragment -> fragments.add(held(fragment)));
        held.put(new Element.Encapsulated(encapsulated.tag(), encapsulated.vr(), fragments));
      }
    }
    return held;
  }

  private static MemoryBulkData held(BulkData value) {
    return MemoryBulkData.of(Values.bytes(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.2.840.10008.1.2",
        "1.2.840.10008.1.2.1",
        "1.2.840.10008.1.2.1.99",
        "1.2.840.10008.1.2.2",
        "1.2.840.113619.5.2",
        "1.3.46.670589.33.1.4.1"
      })
  void largeValuesStayInTheSourceAndComeBackAsTheyWere(String uid) throws IOException {
    TransferSyntax syntax = TransferSyntax.of(uid);
    byte[] written = CODEC.write(syntax, large()).bytes();
    assertThat(written).isEqualTo(Part10.write(syntax, large()));
    DicomFile file = CODEC.read(Content.of(written));
    Element.Plain pixels = (Element.Plain) file.dataset().find(Tag.PIXEL_DATA).orElseThrow();
    assertThat(pixels.value()).isInstanceOf(ReferredBulkData.class);
    assertThat(CODEC.write(file.syntax(), file.dataset()).bytes()).isEqualTo(written);
    if (syntax.explicitVr()) {
      assertThat(held(file.dataset())).isEqualTo(large());
    }
  }

  @Test
  void itReadsEveryCaseFileAsTheReaderInMemoryDoes() throws IOException {
    for (Path path : CaseFiles.all()) {
      byte[] bytes = Files.readAllBytes(path);
      DicomFile whole;
      try {
        whole = Part10.read(bytes);
      } catch (DicomException e) {
        assertThatExceptionOfType(DicomException.class)
            .as(path.getFileName().toString())
            .isThrownBy(() -> CODEC.read(Content.of(path)))
            .matches(thrown -> thrown.reason() == e.reason());
        continue;
      }
      DicomFile streamed = CODEC.read(Content.of(path));
      assertThat(held(streamed.dataset())).as(path.toString()).isEqualTo(whole.dataset());
      assertThat(streamed.leniencies()).isEqualTo(whole.leniencies());
      assertThat(CODEC.write(streamed.syntax(), streamed.dataset()).bytes())
          .isEqualTo(Part10.write(whole.syntax(), whole.dataset()));
    }
  }

  @Test
  void fragmentsStayInTheSource() throws IOException {
    Dataset dataset =
        new Dataset()
            .put(
                new Element.Encapsulated(
                    Tag.PIXEL_DATA,
                    Vr.OB,
                    List.of(
                        MemoryBulkData.of(new byte[0]),
                        MemoryBulkData.of(pixels(1, 40_000)),
                        MemoryBulkData.of(pixels(2, 30_000)))));
    byte[] written = Part10.write(TransferSyntax.of("1.2.840.10008.1.2.4.201"), dataset);
    DicomFile file = CODEC.read(Content.of(written));
    assertThat(held(file.dataset())).isEqualTo(dataset);
    assertThat(CODEC.write(file.syntax(), file.dataset()).bytes()).isEqualTo(written);
  }

  @Test
  void aWrittenFileOpensAtAnyByte() throws IOException {
    Content written = CODEC.write(TransferSyntax.EXPLICIT_LITTLE, large());
    byte[] all = written.bytes();
    assertThat(written.sizeBytes()).isEqualTo(all.length);
    for (int offset = 0; offset <= all.length; offset += 997) {
      try (InputStream in = written.open(offset)) {
        assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(all, offset, all.length));
      }
    }
  }

  @Test
  void aFileCutInALargeValueIsTruncated() {
    byte[] written = Part10.write(TransferSyntax.EXPLICIT_LITTLE, large());
    for (int length : new int[] {written.length - 1, written.length - 60_000}) {
      assertThatExceptionOfType(DicomException.class)
          .isThrownBy(() -> CODEC.read(Content.of(Arrays.copyOf(written, length))))
          .matches(e -> e.reason() == DicomException.Reason.TRUNCATED);
    }
  }

  @Test
  void strictReadingRefusesWhatLenientReadingCounts() throws IOException {
    byte[] bare =
        Arrays.copyOfRange(Part10.write(TransferSyntax.EXPLICIT_LITTLE, large()), 132, 500);
    byte[] good = Part10.write(TransferSyntax.EXPLICIT_LITTLE, large());
    byte[] zeros = Arrays.copyOf(good, good.length + 8);
    DicomReader strict = new DicomReader(DicomLimits.IN_MEMORY, BulkDataStore.inMemory()).strict();
    assertThat(strict.read(Content.of(good).open()).leniencies()).isEmpty();
    assertThat(Part10.read(zeros).leniencies()).containsKey(Leniency.TRAILING_ZEROS);
    for (byte[] lax : List.of(bare, zeros)) {
      assertThatExceptionOfType(DicomException.class)
          .isThrownBy(() -> strict.read(Content.of(lax).open()))
          .matches(e -> e.reason() == DicomException.Reason.MALFORMED);
    }
  }

  @Test
  void textOfAnyLengthIsNotBroughtToTheHeap() {
    BulkData endless =
        new BulkData() {
          @Override
          public long lengthBytes() {
            return 1L << 31;
          }

          @Override
          public InputStream open() {
            throw new AssertionError("opened");
          }
        };
    assertThatExceptionOfType(DicomException.class)
        .isThrownBy(
            () ->
                Values.text(
                    new Element.Plain(0x0040A160, Vr.UT, endless), SpecificCharacterSet.DEFAULT))
        .matches(e -> e.reason() == DicomException.Reason.TOO_LARGE);
  }
}
