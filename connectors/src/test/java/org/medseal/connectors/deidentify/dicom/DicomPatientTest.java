package org.medseal.connectors.deidentify.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.DeidentifiedRecord;
import org.medseal.connectors.deidentify.FeedPolicy;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.deidentify.UnlistedAuthority;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.Part10;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.Values;
import org.medseal.connectors.dicom.Vr;

class DicomPatientTest extends DicomCase {
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
}
