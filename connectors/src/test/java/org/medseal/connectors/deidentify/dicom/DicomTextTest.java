package org.medseal.connectors.deidentify.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.Part10;
import org.medseal.connectors.dicom.SpecificCharacterSet;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.Values;
import org.medseal.connectors.dicom.Vr;

class DicomTextTest extends DicomCase {
  @ParameterizedTest
  @CsvSource({
    "CT ABDOMEN WITH CONTRAST, true",
    "t2_tse_sag 3 mm, true",
    "CT HEAD Quimby, false",
    "CT 7719304, false"
  })
  void aDescriptionStaysIfEveryWordIsListed(String description, boolean stays) {
    Dataset released =
        DicomDeidFixture.cleaned(
            DicomDeidFixture.ct().put(Part10.text(0x00081030, Vr.LO, description)));
    assertThat(Values.firstAscii(released, 0x00081030).isPresent()).isEqualTo(stays);
  }

  @Test
  void whatWasSentAsANameIsSoughtAsOneWhateverItShouldBe() {
    Dataset source = DicomDeidFixture.ct().put(Part10.text(0x00080070, Vr.PN, "Quimby^Q"));
    assertThat(DicomDeidFixture.ascii(DicomDeidFixture.explicit(DicomDeidFixture.cleaned(source))))
        .doesNotContain("Quimby");
  }

  @Test
  void structuredReportsLoseTextAndNamesButKeepNumbersAndCodes() {
    Dataset number =
        contentItem("NUM")
            .put(
                Part10.sequence(
                    0x0040A300, new Dataset().put(Part10.text(0x0040A30A, Vr.DS, "42.5"))));
    Dataset text = contentItem("TEXT").put(Part10.text(0x0040A160, Vr.UT, "saw Mr Quimby"));
    Dataset name = contentItem("PNAME").put(Part10.text(0x0040A123, Vr.PN, "Quimby^Q"));
    Dataset birth =
        contentItem("DATE")
            .put(Part10.text(0x0040A121, Vr.DA, "19610213"))
            .put(Part10.sequence(0x0040A043, code("121031", "DCM", "Subject Birth Date")));
    Dataset source =
        DicomDeidFixture.ct().put(Part10.sequence(Tag.CONTENT_SEQUENCE, text, number, name, birth));
    Dataset released = DicomDeidFixture.cleaned(source);
    Element.Sequence content = (Element.Sequence) released.find(Tag.CONTENT_SEQUENCE).orElseThrow();
    assertThat(content.items()).hasSize(1);
    assertThat(Values.firstAscii(content.items().get(0), Tag.VALUE_TYPE)).contains("NUM");
    assertThat(DicomDeidFixture.ascii(DicomDeidFixture.explicit(released)))
        .contains("42.5")
        .doesNotContain("Quimby");
  }

  @ParameterizedTest
  @CsvSource({
    "121033, DCM",
    "30525-0, LN",
    "21611-9, LN",
    "21612-7, LN",
    "29553-5, LN",
    "397669002, SCT",
    "424144002, SCT"
  })
  void agesInNumbersAreLeftOutOfReports(String value, String scheme) {
    Dataset age =
        contentItem("NUM")
            .put(Part10.sequence(0x0040A043, code(value, scheme, "Age")))
            .put(
                Part10.sequence(
                    0x0040A300, new Dataset().put(Part10.text(0x0040A30A, Vr.DS, "97"))));
    Dataset released =
        DicomDeidFixture.cleaned(
            DicomDeidFixture.ct().put(Part10.sequence(Tag.CONTENT_SEQUENCE, age)));
    assertThat(released.contains(Tag.CONTENT_SEQUENCE)).as("it may not be empty").isFalse();
  }

  @Test
  void aNoteOnACurveGoesWholeAndAMeasurementStays() {
    int annotations = 0x0040B020;
    Dataset note = new Dataset().put(Part10.text(0x00700006, Vr.ST, "saw Mr Quimby"));
    Dataset rate =
        new Dataset()
            .put(Part10.sequence(0x0040A043, code("8867-4", "LN", "Heart rate")))
            .put(Part10.text(0x0040A30A, Vr.DS, "72"));
    Dataset source = DicomDeidFixture.ct().put(Part10.sequence(annotations, note, rate));
    Dataset released = DicomDeidFixture.cleaned(source);
    assertThat(((Element.Sequence) released.find(annotations).orElseThrow()).items())
        .containsExactly(rate);
    source.put(Part10.sequence(annotations, note));
    assertThat(DicomDeidFixture.cleaned(source).contains(annotations)).isFalse();
  }

  @Test
  void oneMalformedWordOfACodedStringLeavesTheOthers() {
    Dataset source =
        DicomDeidFixture.ct()
            .put(Part10.text(Tag.IMAGE_TYPE, Vr.CS, "ORIGINAL\\PRIMARY\\AX#1"))
            .put(Part10.text(0x00200032, Vr.DS, "- 1.5\\2.25\\10"));
    Dataset released = DicomDeidFixture.cleaned(source);
    assertThat(
            Values.text(released.find(Tag.IMAGE_TYPE).orElseThrow(), SpecificCharacterSet.DEFAULT))
        .containsExactly("ORIGINAL", "PRIMARY", "");
    assertThat(Values.firstAscii(released, 0x00200032)).as("a place needs all three").isEmpty();
  }

  @Test
  void whatMayNotBeEmptyBecomesADummyWhereItsWordsAreNotListed() {
    Dataset released =
        DicomDeidFixture.cleaned(
            DicomDeidFixture.ct()
                .put(Part10.text(0x00620005, Vr.LO, "of Mrs Quimby"))
                .put(Part10.text(0x00700080, Vr.CS, "QUIMBY HOSPITAL"))
                .put(Part10.text(0x00189005, Vr.SH, "SE")));
    assertThat(Values.firstAscii(released, 0x00620005)).contains("REMOVED");
    assertThat(Values.firstAscii(released, 0x00700080)).contains("REMOVED");
    assertThat(Values.firstAscii(released, 0x00189005)).contains("SE");
  }

  @Test
  void trackedThingsStayApartUnderKeyedNames() {
    Dataset source = DicomDeidFixture.ct().put(Part10.text(0x00620020, Vr.UT, "Quimby lesion 1"));
    String one = Values.firstAscii(DicomDeidFixture.cleaned(source), 0x00620020).orElseThrow();
    source.put(Part10.text(0x00620020, Vr.UT, "Quimby lesion 2"));
    assertThat(one).matches("[0-9a-f]{16}");
    assertThat(Values.firstAscii(DicomDeidFixture.cleaned(source), 0x00620020).orElseThrow())
        .isNotEqualTo(one);
  }

  @ParameterizedTest
  @EnumSource(names = {"LO", "UT", "OB"})
  void aNameUnderAnotherVrIsLookedForAsAName(Vr vr) {
    Dataset source =
        DicomDeidFixture.ct()
            .put(Part10.text(Tag.PATIENT_NAME, vr, "Plaugh^Xyzzyx"))
            .put(Part10.text(Tag.MANUFACTURER, Vr.LO, "for PLAUGH only"));
    Dataset released = DicomDeidFixture.cleaned(source);
    assertThat(Values.firstAscii(released, Tag.MANUFACTURER)).isEmpty();
  }

  @Test
  void textUnderAnotherVrIsTreatedAsWhatItShouldBe() {
    Dataset source =
        DicomDeidFixture.ct()
            .put(Part10.text(Tag.STUDY_INSTANCE_UID, Vr.LO, "1.3.6.1.4.1.99999.1.2"))
            .put(Part10.text(Tag.MODALITY, Vr.LO, "CT"))
            .put(Part10.text(0x00080020, Vr.LO, "20240310"));
    Dataset same = DicomDeidFixture.cleaned(DicomDeidFixture.ct());
    Dataset released = DicomDeidFixture.cleaned(source);
    for (int tag : new int[] {Tag.STUDY_INSTANCE_UID, Tag.MODALITY, 0x00080020}) {
      assertThat(released.find(tag)).isPresent().isEqualTo(same.find(tag));
    }
  }

  @Test
  void aSequenceThatMayGoIsNotLeftWithoutItems() {
    Dataset reference = new Dataset().put(Part10.text(0x00081155, Vr.UI, "1.2.3"));
    Dataset source = DicomDeidFixture.ct().put(Part10.sequence(0x00081110, reference));
    assertThat(DicomDeidFixture.cleaned(source).contains(0x00081110)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"LUNG\\\\BONE, true", "Quimby, false", "Dr Quimby lung, false"})
  void technicalTextThatUsersCanTypeStaysIfEveryWordIsListed(String text, boolean stays) {
    Dataset released =
        DicomDeidFixture.cleaned(DicomDeidFixture.ct().put(Part10.text(0x00281055, Vr.LO, text)));
    assertThat(Values.firstAscii(released, 0x00281055).isPresent()).isEqualTo(stays);
  }

  private static Dataset contentItem(String type) {
    return new Dataset().put(Part10.text(Tag.VALUE_TYPE, Vr.CS, type));
  }

  @Test
  void publicCodesStayAndLocalOnesAreKeyed() {
    int anatomicRegion = 0x00082218;
    Dataset source =
        DicomDeidFixture.ct()
            .put(
                Part10.sequence(
                    anatomicRegion,
                    code("69536005", "SCT", "Head"),
                    code("KOPF7", "99STMARY", "Kopf Station 7")));
    Dataset released = DicomDeidFixture.cleaned(source);
    List<Dataset> codes = ((Element.Sequence) released.find(anatomicRegion).orElseThrow()).items();
    assertThat(codes.get(0)).isEqualTo(code("69536005", "SCT", "Head"));
    assertThat(Values.firstAscii(codes.get(1), Tag.CODING_SCHEME_DESIGNATOR)).contains("99LOCAL");
    assertThat(DicomDeidFixture.ascii(DicomDeidFixture.explicit(released)))
        .doesNotContain("KOPF7")
        .doesNotContain("STMARY")
        .doesNotContain("Station");
  }

  @Test
  void aMeaningWithoutACodeIsFreeText() {
    Dataset nameless = new Dataset().put(Part10.text(Tag.CODE_MEANING, Vr.LO, "Frau Quimby"));
    Dataset source = DicomDeidFixture.ct().put(Part10.sequence(0x00321064, nameless));
    assertThat(DicomDeidFixture.ascii(DicomDeidFixture.released(source).content()))
        .doesNotContain("Quimby");
  }

  @Test
  void aNameInATechnicalFieldIsEmptied() {
    Dataset released =
        DicomDeidFixture.cleaned(
            DicomDeidFixture.ct().put(Part10.text(Tag.MANUFACTURER, Vr.LO, "for ZENOBIA only")));
    assertThat(Values.firstAscii(released, Tag.MANUFACTURER)).isEmpty();
  }

  @Test
  void whatTheRulesLeaveOverIsFoundByTheResidualScan() {
    byte[] profile = "desc QUUXLEY ZENOBIA ".getBytes(StandardCharsets.US_ASCII);
    Dataset source = DicomDeidFixture.ct().put(Part10.bytes(0x00282000, Vr.OB, profile));
    Outcome outcome =
        DicomDeidFixture.engine()
            .deidentify(DicomDeidFixture.explicit(source), DicomDeidFixture.LOCAL);
    assertThat(outcome)
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.RESIDUAL_IDENTITY, "(0028,2000)"));
  }

  @Test
  void whoeverSearchesByDecodedTextFindsNoName() {
    Dataset source =
        DicomDeidFixture.ct()
            .put(Part10.text(Tag.PATIENT_NAME, Vr.PN, "Wang^XiaoDong=王^小东"))
            .put(Part10.text(0x00180031, Vr.LO, "给小东"));
    Dataset released = DicomDeidFixture.cleaned(source);
    SpecificCharacterSet utf8 = SpecificCharacterSet.of(List.of("ISO_IR 192")).orElseThrow();
    assertThat(Values.first(released, 0x00180031, utf8)).isEmpty();
  }
}
