package org.medseal.connectors.deidentify.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.deidentify.rules.DeidConfigException;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.MemoryBulkData;
import org.medseal.connectors.dicom.Part10;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.TransferSyntax;
import org.medseal.connectors.dicom.Values;
import org.medseal.connectors.dicom.Vr;

class BlackoutTest {
  private static final TransferSyntax RLE = TransferSyntax.of("1.2.840.10008.1.2.5");
  private static final TransferSyntax JPEG = TransferSyntax.of("1.2.840.10008.1.2.4.50");
  private static final int ROWS = 6;
  private static final int COLUMNS = 10;

  @TempDir Path folder;

  /** Pixels of 1 to 255, so that zero means blackened. */
  private static byte[] pixels(int bytes, int seed) {
    byte[] pixels = new byte[bytes];
    Random random = new Random(seed);
    for (int at = 0; at < bytes; at++) {
      pixels[at] = (byte) (1 + random.nextInt(255));
    }
    return pixels;
  }

  private static Dataset image(int samples, int bits, int planar, int frames, String photometric) {
    return DicomDeidFixture.ct()
        .put(Part10.text(Tag.MODALITY, Vr.CS, "US"))
        .put(Part10.text(Tag.MANUFACTURER, Vr.LO, "ACME"))
        .put(Part10.text(Tag.MANUFACTURER_MODEL_NAME, Vr.LO, "Sono 1"))
        .put(Part10.text(Tag.BURNED_IN_ANNOTATION, Vr.CS, "YES"))
        .put(Part10.text(0x00280004, Vr.CS, photometric))
        .put(Part10.text(0x00280008, Vr.IS, String.valueOf(frames)))
        .put(word(0x00280002, samples))
        .put(word(0x00280006, planar))
        .put(word(0x00280010, ROWS))
        .put(word(0x00280011, COLUMNS))
        .put(word(0x00280100, bits));
  }

  private static Element word(int tag, int number) {
    return Part10.bytes(tag, Vr.US, (byte) number, (byte) (number >>> 8));
  }

  private DicomDeidentifier engine(String... rules) throws IOException {
    String shipped = Files.readString(DicomDeidFixture.RULES);
    String devices = "\n      - {" + String.join("}\n      - {", rules) + "}\n";
    Path file =
        Files.writeString(
            folder.resolve("dicom.yaml"),
            shipped.replace("    devices: []", "    devices:" + devices));
    return DicomDeidentifier.load(file, DicomDeidFixture.AUTHORITIES, DicomDeidFixture.keys(7));
  }

  private static String rule(String blackout) {
    return "Manufacturer: ACME, ManufacturerModelName: Sono 1, Rows: \"6\", blackout: ["
        + blackout
        + "]";
  }

  private Dataset blackened(TransferSyntax syntax, Dataset source, String blackout)
      throws IOException {
    return Part10.read(
            DicomDeidFixture.released(
                    engine(rule(blackout))
                        .deidentify(Part10.write(syntax, source), DicomDeidFixture.LOCAL))
                .content())
        .dataset();
  }

  private static boolean inRegion(int row, int column) {
    return (row < 2 && column >= 3 && column < 7) || row == 5;
  }

  /** What every byte of a frame should be, by plain counting. */
  private static byte[] expected(byte[] source, int samples, int sampleBytes, int planar) {
    byte[] wanted = source.clone();
    int frame = ROWS * COLUMNS * samples * sampleBytes;
    for (int at = 0; at < source.length; at++) {
      int inFrame = at % frame;
      int pixel =
          planar == 1
              ? inFrame % (ROWS * COLUMNS * sampleBytes) / sampleBytes
              : inFrame / (samples * sampleBytes);
      if (inRegion(pixel / COLUMNS, pixel % COLUMNS)) {
        wanted[at] = 0;
      }
    }
    return wanted;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 8, 0, 1, MONOCHROME2",
    "1, 16, 0, 3, MONOCHROME1",
    "3, 8, 0, 2, RGB",
    "3, 8, 1, 2, YBR_FULL",
    "3, 16, 1, 1, RGB",
    "1, 8, 0, 1, PALETTE COLOR"
  })
  void exactlyTheRegionsOfEveryFrameAreZeroInUncompressedPixels(
      int samples, int bits, int planar, int frames, String photometric) throws IOException {
    byte[] pixels = pixels(ROWS * COLUMNS * samples * bits / 8 * frames, 11);
    Dataset source =
        image(samples, bits, planar, frames, photometric)
            .put(Part10.bytes(Tag.PIXEL_DATA, Vr.OW, pixels));
    for (TransferSyntax syntax :
        List.of(
            TransferSyntax.EXPLICIT_LITTLE, TransferSyntax.EXPLICIT_BIG, TransferSyntax.DEFLATED)) {
      Dataset released = blackened(syntax, source, "\"3,0,4,2\", \"0,5,99,1\", \"4,1,3,1\"");
      assertThat(bytes(released)).isEqualTo(expected(pixels, samples, bits / 8, planar));
      assertThat(Values.firstAscii(released, Tag.BURNED_IN_ANNOTATION)).contains("NO");
      assertThat(codes(released)).contains("113100", "113101");
    }
  }

  private static byte[] bytes(Dataset dataset) {
    return Values.bytes(((Element.Plain) dataset.find(Tag.PIXEL_DATA).orElseThrow()).value());
  }

  private static List<String> codes(Dataset dataset) {
    return ((Element.Sequence)
            dataset.find(Tag.DEIDENTIFICATION_METHOD_CODE_SEQUENCE).orElseThrow())
        .items().stream().map(item -> Values.firstAscii(item, Tag.CODE_VALUE).orElse("")).toList();
  }

  @ParameterizedTest
  @CsvSource({"1, 8", "1, 16", "3, 8"})
  void rleFramesAreBlackenedAndTheRestIsUnchanged(int samples, int bits) throws IOException {
    int planes = samples * bits / 8;
    PixelLayout layout = new PixelLayout(ROWS, COLUMNS, samples, bits / 8, true, 2);
    List<byte[]> first = planes(planes, 1);
    List<byte[]> second = planes(planes, 50);
    Dataset source =
        image(samples, bits, 0, 2, samples == 1 ? "MONOCHROME2" : "RGB")
            .put(Part10.text(0x7FE00001, Vr.OV, "offsets "))
            .put(
                new Element.Encapsulated(
                    Tag.PIXEL_DATA,
                    Vr.OB,
                    List.of(
                        MemoryBulkData.of(new byte[] {0, 0, 0, 0, 9, 9, 9, 9}),
                        MemoryBulkData.of(RleFrame.pack(first, COLUMNS)),
                        MemoryBulkData.of(RleFrame.pack(second, COLUMNS)))));
    Dataset released = blackened(RLE, source, "\"3,0,4,2\", \"0,5,10,1\"");
    Element.Encapsulated pixels =
        (Element.Encapsulated) released.find(Tag.PIXEL_DATA).orElseThrow();
    assertThat(pixels.fragments()).hasSize(3);
    assertThat(pixels.fragments().get(0).lengthBytes()).isZero();
    assertThat(released.contains(0x7FE00001)).isFalse();
    assertPlanes(
        RleFrame.unpack(Values.bytes(pixels.fragments().get(1)), layout).orElseThrow(), first);
    assertPlanes(
        RleFrame.unpack(Values.bytes(pixels.fragments().get(2)), layout).orElseThrow(), second);
  }

  private static List<byte[]> planes(int count, int seed) {
    byte[][] planes = new byte[count][];
    for (int plane = 0; plane < count; plane++) {
      planes[plane] = pixels(ROWS * COLUMNS, seed + plane);
    }
    return List.of(planes);
  }

  private static void assertPlanes(List<byte[]> found, List<byte[]> source) {
    for (int plane = 0; plane < source.size(); plane++) {
      assertThat(found.get(plane)).isEqualTo(expected(source.get(plane), 1, 1, 0));
    }
  }

  @Test
  void packedPlanesUnpackToThemselvesWhateverTheirRuns() {
    Random random = new Random(4);
    for (int round = 0; round < 500; round++) {
      int columns = 1 + random.nextInt(300);
      int rows = 1 + random.nextInt(4);
      byte[] plane = new byte[rows * columns];
      for (int at = 0; at < plane.length; ) {
        int run = 1 + random.nextInt(random.nextBoolean() ? 2 : 200);
        byte value = (byte) random.nextInt(256);
        Arrays.fill(plane, at, Math.min(plane.length, at + run), value);
        at += run;
      }
      PixelLayout layout = new PixelLayout(rows, columns, 1, 1, true, 1);
      byte[] packed = RleFrame.pack(List.of(plane), columns);
      assertThat(packed.length % 2).isZero();
      assertThat(RleFrame.unpack(packed, layout).orElseThrow().get(0)).isEqualTo(plane);
    }
  }

  @Test
  void changedAndCutRleFramesNeverEndInAnException() {
    PixelLayout layout = new PixelLayout(ROWS, COLUMNS, 3, 1, true, 1);
    byte[] whole = RleFrame.pack(planes(3, 5), COLUMNS);
    Random random = new Random(9);
    for (int round = 0; round < 20_000; round++) {
      byte[] changed = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
      for (int change = random.nextInt(4); change > 0 && changed.length > 0; change--) {
        changed[random.nextInt(Math.min(changed.length, 90))] = (byte) random.nextInt(256);
      }
      RleFrame.unpack(changed, layout)
          .ifPresent(planes -> assertThat(planes).allMatch(p -> p.length == ROWS * COLUMNS));
    }
  }

  @Test
  void blackeningDoesNotDependOnHowTheValueIsRead() throws IOException {
    byte[] pixels = pixels(ROWS * COLUMNS * 2 + 4, 3);
    PixelLayout layout = new PixelLayout(ROWS, COLUMNS, 1, 1, false, 2);
    BlackedOutPixels value =
        new BlackedOutPixels(
            MemoryBulkData.of(pixels),
            layout,
            List.of(new Region(3, 0, 4, 2), new Region(0, 5, 10, 1)));
    byte[] wanted = expected(Arrays.copyOf(pixels, ROWS * COLUMNS * 2), 1, 1, 0);
    byte[] padded = Arrays.copyOf(wanted, pixels.length);
    for (int step = 1; step < 30; step++) {
      try (var in = value.open()) {
        byte[] read = new byte[pixels.length];
        for (int at = 0; at < read.length; at += step) {
          in.readNBytes(read, at, Math.min(step, read.length - at));
        }
        assertThat(read).isEqualTo(padded);
      }
    }
  }

  @Test
  void whatCannotBeBlackenedIsKeptBack() throws IOException {
    Dataset plain =
        image(1, 8, 0, 1, "MONOCHROME2")
            .put(Part10.bytes(Tag.PIXEL_DATA, Vr.OW, pixels(ROWS * COLUMNS, 1)));
    Dataset fragments =
        image(1, 8, 0, 1, "MONOCHROME2")
            .put(
                new Element.Encapsulated(
                    Tag.PIXEL_DATA,
                    Vr.OB,
                    List.of(MemoryBulkData.of(new byte[0]), MemoryBulkData.of(new byte[128]))));
    Dataset subsampled =
        image(3, 8, 0, 1, "YBR_FULL_422")
            .put(Part10.bytes(Tag.PIXEL_DATA, Vr.OW, pixels(ROWS * COLUMNS * 2, 1)));
    Dataset tooShort = plain.put(word(0x00280010, ROWS));
    assertBurnedIn(JPEG, fragments);
    assertBurnedIn(RLE, fragments);
    assertBurnedIn(TransferSyntax.EXPLICIT_LITTLE, subsampled);
    assertBurnedIn(
        TransferSyntax.EXPLICIT_LITTLE,
        tooShort.put(Part10.bytes(Tag.PIXEL_DATA, Vr.OW, pixels(ROWS * COLUMNS - 2, 1))));
  }

  private void assertBurnedIn(TransferSyntax syntax, Dataset source) throws IOException {
    Outcome outcome =
        engine(rule("\"0,0,10,1\""))
            .deidentify(Part10.write(syntax, source), DicomDeidFixture.LOCAL);
    assertThat(outcome)
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.BURNED_IN_PIXELS, "(0028,0301)"));
  }

  @Test
  void aDeviceThatWritesNothingIsReleasedUnlessTheImageSaysOtherwise() throws IOException {
    Dataset source =
        image(1, 8, 0, 1, "MONOCHROME2")
            .put(Part10.bytes(Tag.PIXEL_DATA, Vr.OW, pixels(ROWS * COLUMNS, 1)));
    DicomDeidentifier engine = engine(rule(""));
    byte[] annotated = DicomDeidFixture.explicit(source);
    assertThat(engine.deidentify(annotated, DicomDeidFixture.LOCAL))
        .isInstanceOf(Outcome.Quarantined.class);
    source.put(Element.empty(Tag.BURNED_IN_ANNOTATION, Vr.CS));
    byte[] unsaid = DicomDeidFixture.explicit(source);
    Dataset released =
        Part10.read(
                DicomDeidFixture.released(engine.deidentify(unsaid, DicomDeidFixture.LOCAL))
                    .content())
            .dataset();
    assertThat(Values.firstAscii(released, Tag.BURNED_IN_ANNOTATION)).isEmpty();
    assertThat(codes(released)).doesNotContain("113101");
    byte[] taller = DicomDeidFixture.explicit(source.put(word(0x00280010, ROWS + 1)));
    assertThat(engine.deidentify(taller, DicomDeidFixture.LOCAL))
        .as("another signature")
        .isInstanceOf(Outcome.Quarantined.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Manufacturer: ACME, blackout: []",
        "Manufacturer: ACME, ManufacturerModelName: x",
        "Manufacturer: ACME, ManufacturerModelName: x, blackout: [\"1,2,3\"]",
        "Manufacturer: ACME, ManufacturerModelName: x, blackout: [\"1,2,0,4\"]",
        "Manufacturer: ACME, ManufacturerModelName: x, Rowz: \"6\", blackout: []"
      })
  void aDeviceRuleWithAMistakeStopsTheStart(String rule) {
    assertThatThrownBy(() -> engine(rule))
        .isInstanceOf(DeidConfigException.class)
        .hasMessageContaining("burnedIn.devices");
  }

  @Test
  void aReaderSeesTheFileAsBefore() throws IOException {
    byte[] pixels = pixels(ROWS * COLUMNS, 1);
    Dataset source =
        image(1, 8, 0, 1, "MONOCHROME2").put(Part10.bytes(Tag.PIXEL_DATA, Vr.OW, pixels));
    Dataset released = blackened(TransferSyntax.EXPLICIT_LITTLE, source, "\"0,0,1,1\"");
    assertThat(new ByteArrayInputStream(bytes(released)).readNBytes(2))
        .isEqualTo(new byte[] {0, pixels[1]});
    assertThat(released.find(0x00280010)).isEqualTo(source.find(0x00280010));
  }
}
