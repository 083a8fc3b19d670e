package org.medseal.connectors.deidentify.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.deidentify.DeidentifiedRecord;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.TrueDatesException;
import org.medseal.connectors.dicom.CaseFiles;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.Part10;
import org.medseal.connectors.dicom.SpecificCharacterSet;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.TransferSyntax;
import org.medseal.connectors.dicom.Values;
import org.medseal.connectors.dicom.Vr;
import org.medseal.crypto.pseudonym.PatientIdentifier;

class DicomTrueDatesTest {
  private static final int STUDY_DATE = 0x00080020;
  private static final int STUDY_TIME = 0x00080030;
  private static final int ACQUISITION_DATE_TIME = 0x0008002A;
  private static final int BIRTH_DATE = 0x00100030;
  private static final DicomTrueDates DATES = DicomTrueDates.load(DicomDeidFixture.RULES);

  private static Dataset source() {
    return new Dataset()
        .put(Element.ascii(Tag.SOP_CLASS_UID, Vr.UI, "1.2.840.10008.5.1.4.1.1.2"))
        .put(Element.ascii(Tag.SOP_INSTANCE_UID, Vr.UI, "1.2.3.4"))
        .put(Element.ascii(STUDY_DATE, Vr.DA, "20240229"))
        .put(Element.ascii(STUDY_TIME, Vr.TM, "101112"))
        .put(Element.ascii(ACQUISITION_DATE_TIME, Vr.DT, "20240229101112.123456+0800"))
        .put(Element.ascii(Tag.PATIENT_ID, Vr.LO, "4711-0815"))
        .put(Element.ascii(BIRTH_DATE, Vr.DA, "19500315"));
  }

  private static byte[] restored(DeidentifiedRecord record) throws IOException {
    return DATES.restored(record.document(), List.of(record.patient())).bytes();
  }

  private static String text(Dataset dataset, int tag) {
    return Values.firstAscii(dataset, tag).orElse("");
  }

  @Test
  void datesComeBackInEveryLayoutAndTheFileSaysSo() throws IOException {
    for (TransferSyntax syntax :
        List.of(
            TransferSyntax.EXPLICIT_LITTLE,
            TransferSyntax.IMPLICIT_LITTLE,
            TransferSyntax.EXPLICIT_BIG,
            TransferSyntax.DEFLATED)) {
      byte[] raw = Part10.write(syntax, source());
      DeidentifiedRecord record =
          DicomDeidFixture.released(
              DicomDeidFixture.engine().deidentify(raw, DicomDeidFixture.LOCAL));
      Dataset before = Part10.read(record.content()).dataset();
      assertThat(text(before, STUDY_DATE)).isNotEqualTo("20240229");
      Dataset after = Part10.read(restored(record)).dataset();
      assertThat(text(after, STUDY_DATE)).isEqualTo("20240229");
      assertThat(text(after, ACQUISITION_DATE_TIME)).isEqualTo("20240229101112.123456");
      assertThat(text(after, STUDY_TIME)).isEqualTo("101112");
      assertThat(text(after, BIRTH_DATE)).isEqualTo(text(before, BIRTH_DATE));
      assertThat(text(after, Tag.LONGITUDINAL_TEMPORAL_INFORMATION_MODIFIED))
          .isEqualTo("UNMODIFIED");
      assertThat(tags(after)).isEqualTo(tags(before));
    }
  }

  private static List<Integer> tags(Dataset dataset) {
    List<Integer> tags = new ArrayList<>();
    dataset.elements().forEach(each -> tags.add(each.tag()));
    return tags;
  }

  @Test
  void ofAnotherPatientNothingIsMoved() {
    DeidentifiedRecord record = DicomDeidFixture.released(source());
    var stranger =
        DicomDeidFixture.keys(7).local().pseudonym(new PatientIdentifier("lab", "", "1"));
    assertThatThrownBy(() -> DATES.restored(record.document(), List.of(stranger)))
        .isInstanceOf(TrueDatesException.class)
        .extracting(e -> ((TrueDatesException) e).reason())
        .isEqualTo(TrueDatesException.Reason.ANOTHER_PATIENT);
    assertThatThrownBy(() -> DATES.restored(Content.of(new byte[300]), List.of(record.patient())))
        .isInstanceOf(TrueDatesException.class);
  }

  @Test
  void aPatchedFileCanBeReadFromAnyByteOn() throws IOException {
    DeidentifiedRecord record = DicomDeidFixture.released(source());
    Content restored = DATES.restored(record.document(), List.of(record.patient()));
    byte[] whole = restored.bytes();
    assertThat(restored.sizeBytes()).isEqualTo(whole.length);
    for (int from = 0; from <= whole.length; from++) {
      assertThat(restored.open(from).readAllBytes())
          .isEqualTo(Arrays.copyOfRange(whole, from, whole.length));
    }
  }

  @Test
  void everyDateOfTheCaseFilesComesBackAsItWas() throws IOException {
    DicomDeidentifier engine = DicomDeidFixture.engine();
    int compared = 0;
    for (Path path : CaseFiles.all()) {
      byte[] raw = Files.readAllBytes(path);
      Outcome outcome = engine.deidentify(raw, DicomDeidFixture.LOCAL);
      if (outcome instanceof Outcome.Released released) {
        DeidentifiedRecord record = released.records().get(0);
        byte[] back = restored(record);
        compared +=
            compare(
                path.getFileName().toString(),
                Part10.read(raw).dataset(),
                Part10.read(record.content()).dataset(),
                Part10.read(back).dataset());
      }
    }
    assertThat(compared).isGreaterThan(60);
  }

  /** How many dates were moved and are the source's again. */
  @SuppressWarnings("ReferenceEquality") // a sequence that the source has not stands for itself
  private static int compare(String file, Dataset source, Dataset record, Dataset back) {
    int compared = 0;
    assertThat(tags(back)).as(file).isEqualTo(tags(record));
    for (Element element : back.elements()) {
      if (element instanceof Element.Sequence sequence) {
        Element.Sequence from = (Element.Sequence) source.find(element.tag()).orElse(sequence);
        Element.Sequence was = (Element.Sequence) record.find(element.tag()).orElseThrow();
        for (int i = 0; i < sequence.items().size() && i < from.items().size(); i++) {
          if (from != sequence && from.items().size() == sequence.items().size()) {
            compared +=
                compare(file, from.items().get(i), was.items().get(i), sequence.items().get(i));
          }
        }
      } else if (element.vr() == Vr.DA || element.vr() == Vr.DT) {
        List<String> now = values(element);
        List<String> shifted = values(record.find(element.tag()).orElseThrow());
        if (!now.equals(shifted)) {
          List<String> then = values(source.find(element.tag()).orElseThrow());
          for (int i = 0; i < now.size(); i++) {
            assertThat(then.get(i).replace(".", ""))
                .as(file)
                .startsWith(now.get(i).replace(".", ""));
            compared++;
          }
        }
      }
    }
    return compared;
  }

  private static List<String> values(Element element) {
    return Values.text(element, SpecificCharacterSet.DEFAULT);
  }
}
