package org.medseal.connectors.deidentify.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.dicom.BulkData;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.MemoryBulkData;
import org.medseal.connectors.dicom.Part10;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.TransferSyntax;
import org.medseal.connectors.dicom.Values;
import org.medseal.connectors.dicom.Vr;

/** What stands among pixels and is none. */
class PixelBytesTest extends DicomCase {
  private static final TransferSyntax JPEG = TransferSyntax.of("1.2.840.10008.1.2.4.50");
  private static final TransferSyntax RLE = TransferSyntax.of("1.2.840.10008.1.2.5");
  private static final String TABLE = "FFDB00040102";
  private static final String SCAN = "FFDA0004010200FF0011FFD02233";
  private static final String END = "FFD9";

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static String segment(String marker, String text) {
    return marker
        + String.format("%04X", text.length() + 2)
        + HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Outcome sent(TransferSyntax syntax, byte[] table, byte[]... fragments) {
    List<BulkData> all =
        Stream.concat(Stream.of(table), Arrays.stream(fragments))
            .<BulkData>map(MemoryBulkData::of)
            .toList();
    Dataset source =
        DicomDeidFixture.ct()
            .put(Part10.bytes(0x00280011, Vr.US, (byte) 2, (byte) 0))
            .put(new Element.Encapsulated(Tag.PIXEL_DATA, Vr.OB, all));
    return DicomDeidFixture.engine()
        .deidentify(Part10.write(syntax, source), DicomDeidFixture.LOCAL);
  }

  private static Outcome jpeg(String image) {
    return sent(JPEG, new byte[0], hex(image));
  }

  private static Outcome keptBack(QuarantineReason reason) {
    return new Outcome.Quarantined(reason, "(7FE0,0010)");
  }

  @Test
  void imagesOfTablesAndScansPassWithTheirPadding() {
    assertThat(jpeg("FFD8" + TABLE + SCAN + END)).isInstanceOf(Outcome.Released.class);
    assertThat(jpeg("FFD8FFFF" + TABLE.substring(2) + SCAN + END + "FF"))
        .isInstanceOf(Outcome.Released.class);
    byte[] image = hex("FFD8" + TABLE + SCAN + END + "00");
    assertThat(
            sent(
                JPEG,
                new byte[0],
                Arrays.copyOf(image, 8),
                Arrays.copyOfRange(image, 8, image.length)))
        .as("one frame in two fragments")
        .isInstanceOf(Outcome.Released.class);
  }

  private static byte[] pixels(Outcome outcome) {
    Element.Encapsulated pixels =
        (Element.Encapsulated)
            Part10.read(DicomDeidFixture.released(outcome).content())
                .dataset()
                .find(Tag.PIXEL_DATA)
                .orElseThrow();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    pixels.fragments().forEach(fragment -> all.writeBytes(Values.bytes(fragment)));
    return all.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "FFD8, FFFE, 0, 20",
    "FFD8, FFE1, 0, 00",
    "FFD8, FFED, 0, 00",
    "FFD8, FFE0, 0, 00",
    "FF4F, FF64, 2, 20"
  })
  void commentsAndApplicationDataNobodyKnowsAreBlanked(
      String start, String marker, int kept, String filler) {
    String head = start + (start.equals("FF4F") ? "FF5100040102" : TABLE);
    String tail = start.equals("FF4F") ? "FF93001122FFD9" : SCAN + END;
    for (String text :
        List.of("of ZENOBIA QUUXLEY", "in ward 7", "Kakadu-of-Mr-X", "JFIF\0 at 7")) {
      String segment = segment(marker, text);
      String blanked = segment.substring(0, 8 + 2 * kept) + filler.repeat(text.length() - kept);
      byte[] expected = hex(head + blanked + tail);
      assertThat(pixels(jpeg(head + segment + tail)))
          .startsWith(expected)
          .hasSize(expected.length + (expected.length & 1));
    }
  }

  @Test
  void aThumbnailIsBlankedAndItsHeadStays() {
    String head = "FFE000134A46494600010100000100010201";
    assertThat(pixels(jpeg("FFD8" + head + "515555" + SCAN + END)))
        .startsWith(hex("FFD8" + head + "000000" + SCAN + END));
  }

  @Test
  void whatTellsADecoderOfColoursStays() {
    String hp = "FFE80007" + "6D72667802";
    assertThat(pixels(jpeg("FFD8" + hp + SCAN + END))).startsWith(hex("FFD8" + hp + SCAN + END));
    String adobe = "41646F626500640000000002";
    assertThat(pixels(jpeg("FFD8FFEE0011" + adobe + "515555" + SCAN + END)))
        .startsWith(hex("FFD8FFEE0011" + adobe + "000000" + SCAN + END));
  }

  @ParameterizedTest
  @ValueSource(strings = {"FFE80007AABBCCDDEE", "FFEE0007AABBCCDDEE"})
  void coloursOfAnUnknownKindAreKeptBack(String segment) {
    assertThat(jpeg("FFD8" + segment + SCAN + END)).isInstanceOf(Outcome.Quarantined.class);
  }

  @Test
  void aCommentInTwoFragmentsIsBlankedInBoth() {
    String comment = segment("FFFE", "ZENOBIA QUUXLEY");
    byte[] image = hex("FFD8" + comment + SCAN + END);
    int middle = 12;
    Outcome outcome =
        sent(
            JPEG,
            new byte[0],
            Arrays.copyOf(image, middle),
            Arrays.copyOfRange(image, middle, image.length));
    assertThat(pixels(outcome))
        .startsWith(hex("FFD8" + comment.substring(0, 8) + "20".repeat(15) + SCAN + END));
  }

  @Test
  void aNameInATableOfTheImageIsKeptBack() {
    assertThat(jpeg("FFD8" + segment("FFDB", "ZENOBIA") + SCAN + END))
        .isEqualTo(keptBack(QuarantineReason.RESIDUAL_IDENTITY));
  }

  @Test
  void aCommentThatAnEncoderWritesPasses() {
    String comment = segment("FF64", "\0\1Created by OpenJPEG version 2.5.0");
    assertThat(jpeg("FF4FFF5100040102" + comment + "FF93001122FFD9"))
        .isInstanceOf(Outcome.Released.class);
    assertThat(jpeg("FFD8" + segment("FFFE", "LEAD Technologies Inc. V1.01") + SCAN + END))
        .isInstanceOf(Outcome.Released.class);
  }

  @Test
  void aCommentBetweenScansOrBehindFillBytesIsSeen() {
    String comment = segment("FFFE", "ZENOBIA");
    for (String before : List.of(SCAN, "FFFF")) {
      assertThat(pixels(jpeg("FFD8" + TABLE + before + comment + SCAN + END)))
          .startsWith(hex("FFD8" + TABLE + before + "FFFE0009" + "20".repeat(7) + SCAN + END));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000C6A5020200D0A870A", // JP2
        "0000000C4A584C200D0A870A", // JPEG XL, boxed
        "FF0A001122",
        "51555558"
      })
  void whatIsNoBareCodestreamIsKeptBack(String start) {
    assertThat(jpeg(start)).isEqualTo(keptBack(QuarantineReason.UNPARSABLE));
  }

  @Test
  void upToSevenBytesAfterTheEndOfAnImageBecomeZeros() {
    String image = "FFD8" + TABLE + SCAN + END;
    for (String left : List.of("51555558", "0051", "FF28A28A28A2", "515555585858", "5155555858")) {
      assertThat(pixels(jpeg(image + left))).startsWith(hex(image + "0".repeat(left.length())));
    }
    String longer = "FFD8" + TABLE + SCAN + "11" + END;
    assertThat(pixels(jpeg(longer + "51555558585858"))).isEqualTo(hex(longer + "0".repeat(14)));
    byte[] frame = hex(image + "51555558");
    assertThat(pixels(sent(JPEG, new byte[0], frame, frame)))
        .isEqualTo(hex((image + "00000000").repeat(2)));
  }

  @Test
  void moreThanThatOrWhatIsNotAtTheEndOfItsFragmentIsKeptBack() {
    String image = "FFD8" + TABLE + SCAN + END;
    assertThat(jpeg(image + "5155555858585858")).isEqualTo(keptBack(QuarantineReason.UNPARSABLE));
    assertThat(jpeg(image + "51555558" + image)).isEqualTo(keptBack(QuarantineReason.UNPARSABLE));
    assertThat(jpeg("51555558" + image)).isEqualTo(keptBack(QuarantineReason.UNPARSABLE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"51555558", "0000000051555558", "00", "04000000"})
  void anOffsetTableOfSomethingElseIsKeptBack(String table) {
    assertThat(
            sent(
                JPEG,
                hex(table + (table.length() == 2 ? "00" : "")),
                hex("FFD8" + TABLE + SCAN + END)))
        .isEqualTo(keptBack(QuarantineReason.UNPARSABLE));
  }

  @Test
  void bytesAfterARunLengthPlaneAreKeptBack() {
    byte[] frame = RleFrame.pack(List.of(new byte[] {1, 2, 3, 4}), 2);
    assertThat(sent(RLE, new byte[4], frame)).isInstanceOf(Outcome.Released.class);
    byte[] longer = Arrays.copyOf(frame, frame.length + 4);
    longer[frame.length + 1] = 'Q';
    longer[frame.length + 2] = 'U';
    assertThat(sent(RLE, new byte[4], longer)).isEqualTo(keptBack(QuarantineReason.UNPARSABLE));
    byte[] header = frame.clone();
    header[40] = 'Q';
    assertThat(sent(RLE, new byte[4], header)).isEqualTo(keptBack(QuarantineReason.UNPARSABLE));
  }

  @Test
  void onlyZerosMayFollowTheLastUncompressedPixel() {
    Dataset source =
        DicomDeidFixture.ct()
            .put(Part10.bytes(0x00280011, Vr.US, (byte) 2, (byte) 0))
            .put(Part10.bytes(0x00280100, Vr.US, (byte) 8, (byte) 0))
            .put(Part10.bytes(Tag.PIXEL_DATA, Vr.OW, new byte[8]));
    assertThat(outcome(source)).isInstanceOf(Outcome.Released.class);
    source.put(Part10.bytes(Tag.PIXEL_DATA, Vr.OW, hex("0000000051555558")));
    assertThat(outcome(source)).isEqualTo(keptBack(QuarantineReason.UNPARSABLE));
  }

  @Test
  void fragmentsUnderAnotherTagOrSyntaxAreNoDicom() {
    List<BulkData> fragments =
        List.of(MemoryBulkData.of(new byte[0]), MemoryBulkData.of(new byte[8]));
    Dataset profile =
        DicomDeidFixture.ct().put(new Element.Encapsulated(0x00282000, Vr.OB, fragments));
    Dataset pixels =
        DicomDeidFixture.ct().put(new Element.Encapsulated(Tag.PIXEL_DATA, Vr.OB, fragments));
    assertThat(
            DicomDeidFixture.engine()
                .deidentify(Part10.write(JPEG, profile), DicomDeidFixture.LOCAL))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.UNPARSABLE, "file"));
    assertThat(outcome(pixels))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.UNPARSABLE, "file"));
  }

  @Test
  void aTableOfBytesTooLongToBeOneIsLeftOut() {
    byte[] table = new byte[(4 << 20) + 2];
    Dataset released =
        DicomDeidFixture.cleaned(DicomDeidFixture.ct().put(Part10.bytes(0x00281201, Vr.OW, table)));
    assertThat(released.contains(0x00281201)).isFalse();
  }

  @Test
  void aNameLongerThanAnyNameIsKeptBack() {
    Dataset source = DicomDeidFixture.ct().put(Part10.text(0x00081070, Vr.PN, "x".repeat(70_000)));
    assertThat(outcome(source))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.TOO_LARGE, "(0008,1070)"));
  }
}
