package org.medseal.connectors.deidentify.dicom;

import static org.assertj.core.api.Assertions.assertThat;

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

  @ParameterizedTest
  @CsvSource({"FFD8, FFFE", "FFD8, FFE1", "FFD8, FFED", "FF4F, FF64"})
  void commentsAndApplicationDataNobodyKnowsAreKeptBack(String start, String marker) {
    String tail = start.equals("FF4F") ? "FF93001122FFD9" : SCAN + END;
    for (String text : List.of("of ZENOBIA QUUXLEY", "ward 7", "Kakadu-of-Mr-X")) {
      assertThat(jpeg(start + "FF510004" + "0102" + segment(marker, text) + tail))
          .isEqualTo(keptBack(QuarantineReason.RESIDUAL_IDENTITY));
    }
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
    assertThat(jpeg("FFD8" + TABLE + SCAN + comment + SCAN + END))
        .isEqualTo(keptBack(QuarantineReason.RESIDUAL_IDENTITY));
    assertThat(jpeg("FFD8" + TABLE + "FFFF" + comment + SCAN + END))
        .isEqualTo(keptBack(QuarantineReason.RESIDUAL_IDENTITY));
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
  void bytesAfterTheEndOfAnImageAreKeptBack() {
    assertThat(jpeg("FFD8" + TABLE + SCAN + END + "51555558"))
        .isEqualTo(keptBack(QuarantineReason.UNPARSABLE));
    assertThat(jpeg("FFD8" + TABLE + SCAN + END + "0051"))
        .isEqualTo(keptBack(QuarantineReason.UNPARSABLE));
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
