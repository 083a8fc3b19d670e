package org.medseal.connectors.deidentify.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medseal.connectors.deidentify.DeidentifiedRecord;
import org.medseal.connectors.deidentify.FeedPolicy;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.deidentify.UnlistedAuthority;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.DicomFile;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.Part10;
import org.medseal.connectors.dicom.SpecificCharacterSet;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.TransferSyntax;
import org.medseal.connectors.dicom.Values;
import org.medseal.connectors.dicom.Vr;

class DicomDeidentifierTest {
  private static final int REFERENCED_IMAGE_SEQUENCE = 0x00081140;

  @Test
  void sequencesAreCleanedOnEveryLevel() {
    Dataset innermost =
        new Dataset()
            .put(Part10.text(0x00080090, Vr.PN, "Referrer^Rudolf"))
            .put(Part10.text(0x00081155, Vr.UI, "1.3.6.1.4.1.99999.5"))
            .put(Part10.text(0x00091010, Vr.LO, "private"));
    Dataset middle = new Dataset().put(Part10.sequence(REFERENCED_IMAGE_SEQUENCE, innermost));
    Dataset source = DicomDeidFixture.ct().put(Part10.sequence(REFERENCED_IMAGE_SEQUENCE, middle));
    byte[] content = DicomDeidFixture.released(source).content();
    assertThat(DicomDeidFixture.ascii(content))
        .doesNotContain("Referrer")
        .doesNotContain("99999")
        .doesNotContain("private");
    Dataset inner = item(item(Part10.read(content).dataset()));
    assertThat(inner.find(0x00081155)).isPresent();
    assertThat(inner.contains(0x00091010)).isFalse();
  }

  private static Dataset item(Dataset dataset) {
    return ((Element.Sequence) dataset.find(REFERENCED_IMAGE_SEQUENCE).orElseThrow())
        .items()
        .get(0);
  }

  @Test
  void privateGroupsAndUnknownTagsGoEvenAsSequences() {
    Dataset inside = new Dataset().put(Part10.text(Tag.PATIENT_NAME, Vr.PN, "Quuxley^Zenobia"));
    Dataset source =
        DicomDeidFixture.ct()
            .put(Part10.sequence(0x00091002, inside))
            .put(Part10.text(0x00080FF0, Vr.LO, "unknown tag"));
    Dataset released = DicomDeidFixture.cleaned(source);
    assertThat(released.elements()).noneMatch(element -> Tag.isPrivate(element.tag()));
    assertThat(released.contains(0x00080FF0)).isFalse();
  }

  @Test
  void metaInformationHoldsTheMappedInstanceUid() {
    DeidentifiedRecord record = DicomDeidFixture.released(DicomDeidFixture.ct());
    DicomFile file = Part10.read(record.content());
    String instance = Values.firstAscii(file.dataset(), Tag.SOP_INSTANCE_UID).orElseThrow();
    assertThat(instance).startsWith("2.25.").isNotEqualTo("1.2.3.4");
    assertThat(Values.firstAscii(file.meta(), Tag.MEDIA_STORAGE_SOP_INSTANCE_UID))
        .contains(instance);
    assertThat(DicomDeidFixture.ascii(record.content())).doesNotContain("1.2.3.4");
  }

  @Test
  void uidsAreTheSameInEveryFileAndRunButNotUnderAnotherKey() {
    byte[] file = DicomDeidFixture.explicit(DicomDeidFixture.ct());
    assertThat(studyUid(DicomDeidFixture.engine(), file))
        .isEqualTo(studyUid(DicomDeidFixture.engine(), file));
    DicomDeidentifier other =
        DicomDeidentifier.load(
            DicomDeidFixture.RULES, DicomDeidFixture.AUTHORITIES, DicomDeidFixture.keys(90));
    assertThat(studyUid(other, file)).isNotEqualTo(studyUid(DicomDeidFixture.engine(), file));
  }

  private static Optional<String> studyUid(DicomDeidentifier engine, byte[] file) {
    DeidentifiedRecord record =
        DicomDeidFixture.released(engine.deidentify(file, DicomDeidFixture.LOCAL));
    return Values.firstAscii(Part10.read(record.content()).dataset(), Tag.STUDY_INSTANCE_UID);
  }

  @Test
  void patientBecomesAPseudonymAndTheFileSaysWhatWasDone() {
    DeidentifiedRecord record = DicomDeidFixture.released(DicomDeidFixture.ct());
    Dataset released = Part10.read(record.content()).dataset();
    assertThat(Values.firstAscii(released, Tag.PATIENT_ID).orElseThrow())
        .isEqualTo(java.util.HexFormat.of().formatHex(record.patient().documentPseudonym()));
    assertThat(Values.firstAscii(released, Tag.PATIENT_NAME)).isEmpty();
    assertThat(Values.firstAscii(released, 0x00100030)).isEmpty();
    assertThat(Values.firstAscii(released, Tag.PATIENT_IDENTITY_REMOVED)).contains("YES");
    assertThat(Values.firstAscii(released, Tag.LONGITUDINAL_TEMPORAL_INFORMATION_MODIFIED))
        .contains("MODIFIED");
    Element.Sequence methods =
        (Element.Sequence) released.find(Tag.DEIDENTIFICATION_METHOD_CODE_SEQUENCE).orElseThrow();
    assertThat(methods.items())
        .extracting(code -> Values.firstAscii(code, Tag.CODE_VALUE).orElse(""))
        .containsExactly("113100", "113108", "113107", "113105", "113104", "113103");
    assertThat(released.contains(Tag.BURNED_IN_ANNOTATION)).isFalse();
  }

  @Test
  void datesOfOnePatientMoveTogether() {
    Dataset source =
        DicomDeidFixture.ct()
            .put(Part10.text(0x00080021, Vr.DA, "20240317"))
            .put(Part10.text(0x0008002A, Vr.DT, "20240317101500.5+0800"))
            .put(Part10.text(0x00080030, Vr.TM, "101500"));
    DeidentifiedRecord record = DicomDeidFixture.released(source);
    Dataset released = Part10.read(record.content()).dataset();
    DateShift shift = new DateShift(record.patient().dateOffsetDays());
    String study = Values.firstAscii(released, 0x00080020).orElseThrow();
    String series = Values.firstAscii(released, 0x00080021).orElseThrow();
    assertThat(Optional.of(study)).isEqualTo(shift.date("20240310"));
    assertThat(Optional.of(series)).isEqualTo(shift.date("20240317"));
    assertThat(Values.firstAscii(released, 0x0008002A)).contains(series + "101500.5");
    assertThat(Values.firstAscii(released, 0x00080030)).contains("101500");
  }

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

  @ParameterizedTest
  @CsvSource({"047Y, 045Y", "018Y, 018Y", "093Y, 090Y", "011Y, 011Y", "009M, 009M", "010D, 000M"})
  void agesAreBanded(String age, String band) {
    Dataset released =
        DicomDeidFixture.cleaned(DicomDeidFixture.ct().put(Part10.text(0x00101010, Vr.AS, age)));
    assertThat(Values.firstAscii(released, 0x00101010)).contains(band);
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

  private static Dataset contentItem(String type) {
    return new Dataset().put(Part10.text(Tag.VALUE_TYPE, Vr.CS, type));
  }

  private static Dataset code(String value, String scheme, String meaning) {
    return new Dataset()
        .put(Part10.text(Tag.CODE_VALUE, Vr.SH, value))
        .put(Part10.text(Tag.CODING_SCHEME_DESIGNATOR, Vr.SH, scheme))
        .put(Part10.text(Tag.CODE_MEANING, Vr.LO, meaning));
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

  @ParameterizedTest
  @CsvSource({
    "1.2.840.10008.5.1.4.1.1.7, OT",
    "1.2.840.10008.5.1.4.1.1.7.4, OT",
    "1.2.840.10008.5.1.4.1.1.6.1, US",
    "1.2.840.10008.5.1.4.1.1.77.1.5.1, OP",
    "1.2.840.10008.5.1.4.1.1.104.1, DOC",
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
  void overlaysAndCurvesGo() {
    Dataset released =
        DicomDeidFixture.cleaned(
            DicomDeidFixture.ct()
                .put(Part10.bytes(0x60023000, Vr.OW, new byte[4]))
                .put(Part10.text(0x60021500, Vr.LO, "Quuxley"))
                .put(Part10.bytes(0x50003000, Vr.OW, new byte[4])));
    assertThat(released.elements()).noneMatch(element -> Tag.group(element.tag()) == 0x6002);
    assertThat(released.elements()).noneMatch(element -> Tag.group(element.tag()) == 0x5000);
  }

  @Test
  void aVrTheStandardDoesNotGiveTheAttributeCarriesNothingOut() {
    byte[] name = "Other Person".getBytes(StandardCharsets.US_ASCII);
    Dataset released =
        DicomDeidFixture.cleaned(
            DicomDeidFixture.ct()
                .put(Part10.bytes(0x00204000, Vr.US, name))
                .put(Part10.bytes(0x00180015, Vr.OW, name)));
    assertThat(released.contains(0x00180015)).isFalse();
    assertThat(DicomDeidFixture.ascii(DicomDeidFixture.explicit(released)))
        .doesNotContain("Other Person");
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
  void listedIssuersComeInTheOrderOfTheFileAndNationalOnesMakeTags() {
    Dataset ssn =
        new Dataset()
            .put(Part10.text(Tag.PATIENT_ID, Vr.LO, "219-09-9999"))
            .put(Part10.text(Tag.ISSUER_OF_PATIENT_ID, Vr.LO, "SSA"));
    Dataset card =
        new Dataset()
            .put(Part10.text(Tag.PATIENT_ID, Vr.LO, "11010519491231002X"))
            .put(
                Part10.sequence(
                    Tag.ISSUER_OF_PATIENT_ID_QUALIFIERS_SEQUENCE,
                    new Dataset()
                        .put(Part10.text(Tag.UNIVERSAL_ENTITY_ID, Vr.UT, "2.16.156.10011.1.3"))
                        .put(Part10.text(0x00400033, Vr.CS, "ISO"))));
    Dataset source =
        DicomDeidFixture.ct()
            .put(Part10.text(Tag.ISSUER_OF_PATIENT_ID, Vr.LO, "HOSP1"))
            .put(Part10.sequence(Tag.OTHER_PATIENT_IDS_SEQUENCE, ssn, card));
    Outcome outcome =
        DicomDeidFixture.engine()
            .deidentify(DicomDeidFixture.explicit(source), DicomDeidFixture.STRICT);
    DeidentifiedRecord record = DicomDeidFixture.released(outcome);
    assertThat(record.identifiers())
        .extracting(identifier -> identifier.authority() + " " + identifier.id())
        .containsExactly(
            "2.16.156.10011.1.3 11010519491231002X",
            "2.16.840.1.113883.4.1 219099999",
            "urn:medseal:demo:hospital-1 ZQ-7719304");
    assertThat(record.taggable()).hasSize(2);
    assertThat(record.patient()).isEqualTo(record.taggable().get(0));
    assertThat(DicomDeidFixture.ascii(record.content()))
        .doesNotContain("219")
        .doesNotContain("110105");
  }

  @Test
  void aMissingIssuerMeansTheFeedsAuthority() {
    FeedPolicy hospital =
        new FeedPolicy(
            "pacs",
            Optional.of("HOSP2"),
            UnlistedAuthority.QUARANTINE,
            Optional.empty(),
            Optional.empty());
    byte[] file = DicomDeidFixture.explicit(DicomDeidFixture.ct());
    DeidentifiedRecord record =
        DicomDeidFixture.released(DicomDeidFixture.engine().deidentify(file, hospital));
    assertThat(record.identifiers().get(0).authority()).isEqualTo("urn:medseal:demo:hospital-2");
    assertThat(record.taggable()).isEmpty();
    assertThat(DicomDeidFixture.engine().deidentify(file, DicomDeidFixture.STRICT))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.UNKNOWN_AUTHORITY, "(0010,0021)"));
    assertThat(
            DicomDeidFixture.released(
                    DicomDeidFixture.engine().deidentify(file, DicomDeidFixture.LOCAL))
                .identifiers()
                .get(0)
                .authority())
        .isEqualTo("urn:medseal:feed:pacs");
  }

  @Test
  void aPatientWithoutAnIdIsNobodysRecord() {
    assertThat(reason(DicomDeidFixture.ct().put(Part10.text(Tag.PATIENT_ID, Vr.LO, ""))))
        .isEqualTo(QuarantineReason.NO_PATIENT_IDENTIFIER);
  }

  @Test
  void directoriesAndFragmentsAreNoRecords() {
    Dataset directory = new Dataset().put(Part10.sequence(Tag.DIRECTORY_RECORD_SEQUENCE));
    Dataset palette = new Dataset().put(Part10.text(Tag.MODALITY, Vr.CS, "CT"));
    assertThat(outcome(directory)).isEqualTo(new Outcome.NotARecord("DICOMDIR"));
    assertThat(outcome(palette)).isInstanceOf(Outcome.NotARecord.class);
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

  @Test
  void theTransferSyntaxStaysExceptThatImplicitBecomesExplicit() {
    byte[] big = Part10.write(TransferSyntax.EXPLICIT_BIG, DicomDeidFixture.ct());
    DeidentifiedRecord record =
        DicomDeidFixture.released(
            DicomDeidFixture.engine().deidentify(big, DicomDeidFixture.LOCAL));
    assertThat(Part10.read(record.content()).syntax()).isEqualTo(TransferSyntax.EXPLICIT_BIG);
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

  private static Outcome outcome(Dataset source) {
    return DicomDeidFixture.engine()
        .deidentify(DicomDeidFixture.explicit(source), DicomDeidFixture.LOCAL);
  }

  private static QuarantineReason reason(Dataset source) {
    assertThat(outcome(source)).isInstanceOf(Outcome.Quarantined.class);
    return ((Outcome.Quarantined) outcome(source)).reason();
  }
}
