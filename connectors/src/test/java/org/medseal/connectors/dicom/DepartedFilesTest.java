package org.medseal.connectors.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medseal.connectors.content.Content;

/** Files that depart from the standard in ways their senders are known for. */
class DepartedFilesTest {
  private static final int PREAMBLE_AND_PREFIX = 132;
  private static final int CODES = 0x00082218;
  private static final byte[] PLAIN =
      Part10.write(TransferSyntax.EXPLICIT_LITTLE, Part10.smallCt());

  private static byte[] joined(byte[]... pieces) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      out.writeBytes(piece);
    }
    return out.toByteArray();
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  /** Where the data set begins. */
  private static int head(byte[] file) {
    int metaBytes =
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(PREAMBLE_AND_PREFIX + 8);
    return PREAMBLE_AND_PREFIX + 12 + metaBytes;
  }

  /** The small CT written in one syntax under the head of another. */
  private static byte[] under(TransferSyntax named, byte[] dataset) {
    byte[] file = Part10.write(named, Part10.smallCt());
    return joined(Arrays.copyOf(file, head(file)), dataset);
  }

  private static byte[] dataset(TransferSyntax syntax) {
    byte[] file = Part10.write(syntax, Part10.smallCt());
    return Arrays.copyOfRange(file, head(file), file.length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"00", "0000", "0A", "0D0A", "1A1A1A", "20202020", "FFFFFFFFFFFFFF", "1A1A1A1A00"})
  void aFillerBehindTheLastElementIsReadOver(String filler) {
    DicomFile file = Part10.read(joined(PLAIN, hex(filler)));
    assertThat(file.dataset()).isEqualTo(Part10.read(PLAIN).dataset());
    assertThat(file.leniencies()).containsKey(Leniency.TRAILING_ZEROS);
  }

  @Test
  void pixelsOfSixtyFourKibibytesUnderAnImplicitHeaderKeepTheirLength() {
    byte[] pixels = new byte[1 << 16];
    Arrays.fill(pixels, (byte) 0x51);
    byte[] dataset = joined(hex("E07F1000 00000100"), pixels);
    Element.Plain read =
        (Element.Plain)
            Part10.read(under(TransferSyntax.EXPLICIT_LITTLE, dataset))
                .dataset()
                .find(Tag.PIXEL_DATA)
                .orElseThrow();
    assertThat(Values.bytes(read.value())).isEqualTo(pixels);
  }

  @ParameterizedTest
  @ValueSource(strings = {"51", "20", "0051", "E07F", "00000000000051", "FFFFFFFF51"})
  void anythingElseBehindItIsNot(String rest) {
    assertThatThrownBy(() -> Part10.read(joined(PLAIN, hex(rest))))
        .isInstanceOf(DicomException.class);
  }

  /** PS3.5 section 6.2.2 note 4 (CP-246) wants implicit items; some senders leave them explicit. */
  @ParameterizedTest
  @CsvSource({"08001822, true", "08001822, false", "29001010, true"})
  void explicitItemsUnderUnknownAreRead(String tag, boolean undefinedLength) {
    byte[] code = hex("08000001 5348 0800 54 2D 44 33 30 30 30 20");
    byte[] item = joined(hex("FEFF00E0"), hex("10000000"), code);
    byte[] end = undefinedLength ? hex("FEFFDDE0 00000000") : new byte[0];
    byte[] length = undefinedLength ? hex("FFFFFFFF") : hex("18000000");
    byte[] unknown = joined(hex(tag), hex("554E 0000"), length, item, end);
    DicomFile file = Part10.read(under(TransferSyntax.EXPLICIT_LITTLE, unknown));
    Element.Sequence read = (Element.Sequence) file.dataset().elements().iterator().next();
    assertThat(Values.firstAscii(read.items().get(0), Tag.CODE_VALUE)).contains("T-D3000");
    assertThat(file.leniencies()).containsKey(Leniency.UN_HOLDS_EXPLICIT);
  }

  @Test
  void implicitItemsUnderUnknownAreReadAsBefore() {
    byte[] code = hex("08000001 08000000 54 2D 44 33 30 30 30 20");
    byte[] unknown = joined(hex("08001822 554E 0000 18000000 FEFF00E0 10000000"), code);
    DicomFile file = Part10.read(under(TransferSyntax.EXPLICIT_LITTLE, unknown));
    Element.Sequence read = (Element.Sequence) file.dataset().find(CODES).orElseThrow();
    assertThat(Values.firstAscii(read.items().get(0), Tag.CODE_VALUE)).contains("T-D3000");
    assertThat(file.leniencies()).doesNotContainKey(Leniency.UN_HOLDS_EXPLICIT);
  }

  @Test
  void anItemOfDefinedLengthMayBeDelimitedToo() {
    byte[] code = hex("08000001 5348 0800 54 2D 44 33 30 30 30 20");
    byte[] sequence =
        joined(
            hex("08001822 5351 0000 20000000 FEFF00E0 10000000"), code, hex("FEFF0DE0 00000000"));
    DicomFile file = Part10.read(under(TransferSyntax.EXPLICIT_LITTLE, sequence));
    Element.Sequence read = (Element.Sequence) file.dataset().find(CODES).orElseThrow();
    assertThat(read.items()).hasSize(1);
    assertThat(file.leniencies()).containsKey(Leniency.STRAY_DELIMITER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000", "2020", "3F3F", "6C6F"})
  void aVrThatWasNeverFilledInHasTheShortForm(String letters) {
    byte[] described = hex("08003010" + letters + "0600" + "434845535420");
    byte[] rest = hex("10004000 4353 0200 4620");
    Dataset read =
        Part10.read(
                under(
                    TransferSyntax.EXPLICIT_LITTLE,
                    joined(hex("08006000 4353 0200 4354"), described, rest)))
            .dataset();
    assertThat(Values.firstAscii(read, 0x00081030)).contains("CHEST");
    assertThat(Values.firstAscii(read, 0x00100040)).contains("F");
  }

  @Test
  void aDeflatedDataSetInAZlibWrapperIsRead() throws Exception {
    byte[] plain = dataset(TransferSyntax.EXPLICIT_LITTLE);
    Deflater deflater = new Deflater();
    deflater.setInput(plain);
    deflater.finish();
    byte[] wrapped = new byte[plain.length + 100];
    int length = deflater.deflate(wrapped);
    deflater.end();
    byte[] file = under(TransferSyntax.DEFLATED, Arrays.copyOf(wrapped, length));
    assertThat(Part10.read(file).dataset()).isEqualTo(Part10.read(PLAIN).dataset());
    assertThat(Part10.read(file).leniencies()).containsKey(Leniency.ZLIB_WRAPPED);
    assertThat(DicomCodec.standard().read(Content.of(file)).dataset())
        .isEqualTo(Part10.read(PLAIN).dataset());
  }

  @ParameterizedTest
  @CsvSource({"DEFLATED, LITTLE", "DEFLATED, BIG", "LITTLE, BIG", "BIG, LITTLE"})
  void aSyntaxTheFirstElementContradictsIsNotBelieved(String named, String written) {
    TransferSyntax real = syntax(written);
    DicomFile file = Part10.read(under(syntax(named), dataset(real)));
    assertThat(file.syntax()).isEqualTo(real);
    assertThat(file.dataset()).isEqualTo(Part10.read(PLAIN).dataset());
    assertThat(file.leniencies()).containsKey(Leniency.WRONG_TRANSFER_SYNTAX);
  }

  private static TransferSyntax syntax(String name) {
    return switch (name) {
      case "DEFLATED" -> TransferSyntax.DEFLATED;
      case "BIG" -> TransferSyntax.EXPLICIT_BIG;
      default -> TransferSyntax.EXPLICIT_LITTLE;
    };
  }

  @Test
  void aStrictReaderRefusesThemAll() {
    byte[] filled = joined(PLAIN, new byte[1]);
    assertThat(Part10.read(PLAIN).leniencies()).isEmpty();
    assertThatThrownBy(
            () ->
                new DicomReader(DicomLimits.IN_MEMORY, BulkDataStore.inMemory())
                    .strict()
                    .read(new ByteArrayInputStream(filled)))
        .isInstanceOf(DicomException.class);
  }
}
