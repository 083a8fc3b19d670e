package org.medseal.connectors.deidentify.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.Part10;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.Vr;

class DicomKeptBackTest extends DicomCase {
  @ParameterizedTest
  @CsvSource({
    "1.2.840.10008.5.1.4.1.1.7, OT",
    "1.2.840.10008.5.1.4.1.1.7.4, OT",
    "1.2.840.10008.5.1.4.1.1.6.1, US",
    "1.2.840.10008.5.1.4.1.1.77.1.5.1, OP",
    "1.2.840.10008.5.1.4.1.1.104.1, DOC",
    "1.2.840.10008.5.1.4.1.1.9.4.1, AU",
    "1.2.840.10008.5.1.4.1.1.9.4.2, AU",
    "1.2.840.10008.5.1.4.1.1.77.1.7, DMS",
    "1.2.840.10008.5.1.1.29, HC",
    "1.2.840.10008.5.1.1.30, CR",
    "1.2.840.10008.5.1.4.1.1.77.2, SM",
    "1.2.840.10008.5.1.4.1.1.2, DMS",
    "1.2.840.10008.5.1.4.1.1.2, US"
  })
  void imagesThatCarryTextInThePixelsAreKeptBack(String sopClass, String modality) {
    Dataset source =
        DicomDeidFixture.ct()
            .put(Part10.text(Tag.SOP_CLASS_UID, Vr.UI, sopClass))
            .put(Part10.text(Tag.MODALITY, Vr.CS, modality));
    assertThat(reason(source)).isEqualTo(QuarantineReason.BURNED_IN_PIXELS);
  }

  @Test
  void aRecordedVoiceIsKeptBackThoughItHasNoPixels() {
    Dataset voice = DicomDeidFixture.ct();
    Dataset source = new Dataset();
    voice.elements().stream().filter(e -> e.tag() != Tag.PIXEL_DATA).forEach(source::put);
    source.put(Part10.text(Tag.SOP_CLASS_UID, Vr.UI, "1.2.840.10008.5.1.4.1.1.9.4.1"));
    assertThat(reason(source)).isEqualTo(QuarantineReason.BURNED_IN_PIXELS);
    source.put(Part10.text(Tag.SOP_CLASS_UID, Vr.UI, "1.2.840.10008.5.1.4.1.1.9.1.1"));
    assertThat(outcome(source)).isInstanceOf(Outcome.Released.class);
  }

  @Test
  void whatDoesNotSayWhichObjectItIsIsKeptBack() {
    for (int tag : new int[] {Tag.SOP_CLASS_UID, Tag.SOP_INSTANCE_UID}) {
      Dataset source = DicomDeidFixture.ct().put(Part10.text(tag, Vr.UI, ""));
      assertThat(outcome(source))
          .isEqualTo(new Outcome.Quarantined(QuarantineReason.UNPARSABLE, Tag.toString(tag)));
    }
  }

  @Test
  void annotationsScreenSavesAndOverlaysInThePixelsAreKeptBack() {
    assertThat(reason(DicomDeidFixture.ct().put(Part10.text(0x00280301, Vr.CS, "YES"))))
        .isEqualTo(QuarantineReason.BURNED_IN_PIXELS);
    assertThat(
            reason(
                DicomDeidFixture.ct()
                    .put(Part10.text(Tag.IMAGE_TYPE, Vr.CS, "DERIVED\\SECONDARY\\SCREEN SAVE"))))
        .isEqualTo(QuarantineReason.BURNED_IN_PIXELS);
    assertThat(
            reason(DicomDeidFixture.ct().put(Part10.bytes(0x60000102, Vr.US, (byte) 12, (byte) 0))))
        .isEqualTo(QuarantineReason.BURNED_IN_PIXELS);
  }

  @Test
  void directoriesAndPalettesAreNoRecordsButAnythingElseWithoutAPatientIsKeptBack() {
    Dataset directory = new Dataset().put(Part10.sequence(Tag.DIRECTORY_RECORD_SEQUENCE));
    Dataset palette =
        new Dataset().put(Part10.text(Tag.SOP_CLASS_UID, Vr.UI, "1.2.840.10008.5.1.4.39.1"));
    Dataset fragment = new Dataset().put(Part10.text(Tag.MODALITY, Vr.CS, "CT"));
    Dataset named = new Dataset().put(Part10.text(0x00101000, Vr.LO, "ZQ-7719304"));
    assertThat(outcome(directory)).isEqualTo(new Outcome.NotARecord("DICOMDIR"));
    assertThat(outcome(palette)).isInstanceOf(Outcome.NotARecord.class);
    assertThat(reason(fragment)).isEqualTo(QuarantineReason.NO_PATIENT_IDENTIFIER);
    assertThat(reason(named)).isEqualTo(QuarantineReason.NO_PATIENT_IDENTIFIER);
    palette.put(Part10.text(Tag.PATIENT_NAME, Vr.PN, "Quuxley^Zenobia"));
    assertThat(reason(palette)).isEqualTo(QuarantineReason.NO_PATIENT_IDENTIFIER);
  }

  @Test
  void burnedInAnnotationIsReadInAnySpellingAndOnEveryLevel() {
    assertThat(reason(DicomDeidFixture.ct().put(Part10.text(0x00280301, Vr.CS, "yes"))))
        .isEqualTo(QuarantineReason.BURNED_IN_PIXELS);
    Dataset item = new Dataset().put(Part10.text(0x00280301, Vr.CS, "YES"));
    assertThat(reason(DicomDeidFixture.ct().put(Part10.sequence(0x00081140, item))))
        .isEqualTo(QuarantineReason.BURNED_IN_PIXELS);
  }

  @Test
  void pixelsInsideAnItemAreKeptBackButAnIconIsLeftOut() {
    Dataset item = new Dataset().put(Part10.bytes(Tag.PIXEL_DATA, Vr.OW, new byte[8]));
    assertThat(outcome(DicomDeidFixture.ct().put(Part10.sequence(0x00081140, item))))
        .isEqualTo(
            new Outcome.Quarantined(
                QuarantineReason.BURNED_IN_PIXELS, "(0008,1140)[0].(7FE0,0010)"));
    Dataset released =
        DicomDeidFixture.cleaned(
            DicomDeidFixture.ct()
                .put(Part10.sequence(Tag.ICON_IMAGE_SEQUENCE, item))
                .put(Part10.bytes(0x7FE00020, Vr.OW, new byte[8])));
    assertThat(released.contains(Tag.ICON_IMAGE_SEQUENCE)).isFalse();
    assertThat(released.contains(0x7FE00020)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MSH|^~\\&|", "{\"resourceType\":\"Patient\"}"})
  void whatIsNoDicomIsUnparsable(String text) {
    Outcome outcome =
        DicomDeidFixture.engine()
            .deidentify(text.getBytes(StandardCharsets.UTF_8), DicomDeidFixture.LOCAL);
    assertThat(outcome).isEqualTo(new Outcome.Quarantined(QuarantineReason.UNPARSABLE, "file"));
  }

  @Test
  void everyCutAndChangeOfAFileHasAnOutcome() {
    byte[] whole = DicomDeidFixture.explicit(DicomDeidFixture.ct());
    DicomDeidentifier engine = DicomDeidFixture.engine();
    for (int at = 132; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 0x55;
      assertThat(engine.deidentify(changed, DicomDeidFixture.LOCAL)).isNotNull();
      byte[] cut = java.util.Arrays.copyOf(whole, at);
      assertThat(engine.deidentify(cut, DicomDeidFixture.LOCAL)).isNotNull();
    }
  }

  @Test
  void anUnknownCharacterSetIsKeptBackWithItsPlace() {
    Dataset source = DicomDeidFixture.ct().put(Part10.text(0x00080005, Vr.CS, "KOI8"));
    assertThat(outcome(source))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.UNKNOWN_CHARSET, "(0008,0005)"));
  }
}
