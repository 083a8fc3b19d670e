package org.medseal.connectors.deidentify.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.MemoryBulkData;
import org.medseal.connectors.dicom.Part10;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.TransferSyntax;
import org.medseal.connectors.dicom.Vr;

/** Identity outside the attributes made for it, and in character sets nobody declared. */
class HiddenTextTest extends DicomCase {
  private static final int RED_PALETTE = 0x00281201;

  @ParameterizedTest
  @ValueSource(strings = {"ISO-8859-1", "UTF-8", "UTF-16LE", "GB18030"})
  void aNameInATableOfBytesIsFoundInEveryCharacterSet(String charset) {
    byte[] table = new byte[70_000];
    byte[] name = "Quuxley Zenobia".getBytes(Charset.forName(charset));
    System.arraycopy(name, 0, table, 65_530, name.length);
    Dataset source = DicomDeidFixture.ct().put(Part10.bytes(RED_PALETTE, Vr.OW, table));
    assertThat(outcome(source))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.RESIDUAL_IDENTITY, "(0028,1201)"));
  }

  @ParameterizedTest
  @CsvSource({"00660016, OF, 4", "00660022, OD, 8", "00660040, OL, 4", "00720081, OV, 8"})
  void aNameInATableOfNumbersIsFoundInEitherByteOrder(String tag, Vr vr, int word) {
    int at = Integer.parseUnsignedInt(tag, 16);
    byte[] name = "Quuxley Zenobia ".getBytes(StandardCharsets.US_ASCII);
    byte[] turned = name.clone();
    for (int i = 0; i < name.length; i++) {
      turned[i] = name[i / word * word + word - 1 - i % word];
    }
    for (byte[] hidden : List.of(name, turned)) {
      byte[] table = new byte[70_000];
      System.arraycopy(hidden, 0, table, 65_528, hidden.length);
      Dataset source = DicomDeidFixture.ct().put(Part10.bytes(at, vr, table));
      assertThat(outcome(source))
          .isEqualTo(new Outcome.Quarantined(QuarantineReason.RESIDUAL_IDENTITY, Tag.toString(at)));
    }
    Dataset innocent = DicomDeidFixture.ct().put(Part10.bytes(at, vr, new byte[70_000 / 8 * 8]));
    assertThat(DicomDeidFixture.cleaned(innocent).find(at)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"00660016, OF, 10", "00660022, OD, 12", "00660040, OL, 6", "00189220, FD, 12"})
  void numbersWithBytesLeftOverAreLeftOut(String tag, Vr vr, int length) {
    int at = Integer.parseUnsignedInt(tag, 16);
    Dataset source = DicomDeidFixture.ct().put(Part10.bytes(at, vr, new byte[length]));
    assertThat(DicomDeidFixture.cleaned(source).find(at)).isEmpty();
    Dataset whole = DicomDeidFixture.ct().put(Part10.bytes(at, vr, new byte[16]));
    assertThat(DicomDeidFixture.cleaned(whole).find(at)).isPresent();
  }

  private static Element fragments(byte[] image) {
    return new Element.Encapsulated(
        Tag.PIXEL_DATA, Vr.OB, List.of(MemoryBulkData.of(new byte[0]), MemoryBulkData.of(image)));
  }

  @ParameterizedTest
  @CsvSource({"GB18030, ISO_IR 100", "GB18030, ''", "Shift_JIS, ISO_IR 100", "UTF-8, GB18030"})
  void aNameOfAnUndeclaredCharacterSetIsTakenOutOfTechnicalText(String real, String declared) {
    Charset charset = Charset.forName(real);
    String name = real.equals("Shift_JIS") ? "山田太郎" : "王小东";
    Dataset source =
        DicomDeidFixture.ct()
            .put(Part10.text(Tag.SPECIFIC_CHARACTER_SET, Vr.CS, declared))
            .put(Part10.text(Tag.PATIENT_NAME, Vr.PN, name, charset))
            .put(Part10.text(Tag.MANUFACTURER, Vr.LO, "by " + name + " Ltd", charset));
    byte[] content = DicomDeidFixture.released(source).content();
    assertThat(new String(content, charset)).doesNotContain(name);
    assertThat(Part10.read(content).dataset().find(Tag.MANUFACTURER)).isPresent();
  }

  @Test
  void aSlideIsReleasedOnlyWhereItsLabelIsNotInTheImage() {
    Dataset slide = DicomDeidFixture.ct().put(Part10.text(Tag.MODALITY, Vr.CS, "SM"));
    assertThat(outcome(slide))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.BURNED_IN_PIXELS, "(0048,0010)"));
    slide.put(Part10.text(0x00480010, Vr.CS, "NO"));
    assertThat(outcome(slide)).isInstanceOf(Outcome.Released.class);
    slide.put(Part10.text(Tag.IMAGE_TYPE, Vr.CS, "ORIGINAL\\PRIMARY\\LABEL\\NONE"));
    assertThat(reason(slide)).isEqualTo(QuarantineReason.BURNED_IN_PIXELS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"100", "100.1", "102", "107"})
  void videoIsKeptBackWhateverItsClassSays(String syntax) {
    Dataset source = DicomDeidFixture.ct().put(fragments(new byte[] {0, 0, 1, 0}));
    byte[] file =
        Part10.write(
            new TransferSyntax("1.2.840.10008.1.2.4." + syntax, true, false, false, true), source);
    Outcome outcome = DicomDeidFixture.engine().deidentify(file, DicomDeidFixture.LOCAL);
    assertThat(outcome).isInstanceOf(Outcome.Quarantined.class);
    assertThat(((Outcome.Quarantined) outcome).place()).isIn("(0002,0010)", "file");
  }
}
