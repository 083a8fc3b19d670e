package org.medseal.connectors.deidentify.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medseal.connectors.deidentify.DeidentifiedRecord;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.DicomFile;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.Part10;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.TransferSyntax;
import org.medseal.connectors.dicom.Values;
import org.medseal.connectors.dicom.Vr;

class DicomDeidentifierTest extends DicomCase {
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
  @CsvSource({"047Y, 045Y", "018Y, 018Y", "093Y, 090Y", "011Y, 011Y", "009M, 009M", "010D, 000M"})
  void agesAreBanded(String age, String band) {
    Dataset released =
        DicomDeidFixture.cleaned(DicomDeidFixture.ct().put(Part10.text(0x00101010, Vr.AS, age)));
    assertThat(Values.firstAscii(released, 0x00101010)).contains(band);
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
  void theTransferSyntaxStaysExceptThatImplicitBecomesExplicit() {
    byte[] big = Part10.write(TransferSyntax.EXPLICIT_BIG, DicomDeidFixture.ct());
    DeidentifiedRecord record =
        DicomDeidFixture.released(
            DicomDeidFixture.engine().deidentify(big, DicomDeidFixture.LOCAL));
    assertThat(Part10.read(record.content()).syntax()).isEqualTo(TransferSyntax.EXPLICIT_BIG);
  }
}
