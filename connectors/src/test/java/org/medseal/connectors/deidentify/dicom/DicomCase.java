package org.medseal.connectors.deidentify.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.Part10;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.Vr;

/** What a DICOM file becomes under the shipped rules. */
abstract class DicomCase {
  static Dataset code(String value, String scheme, String meaning) {
    return new Dataset()
        .put(Part10.text(Tag.CODE_VALUE, Vr.SH, value))
        .put(Part10.text(Tag.CODING_SCHEME_DESIGNATOR, Vr.SH, scheme))
        .put(Part10.text(Tag.CODE_MEANING, Vr.LO, meaning));
  }

  static Outcome outcome(Dataset source) {
    return DicomDeidFixture.engine()
        .deidentify(DicomDeidFixture.explicit(source), DicomDeidFixture.LOCAL);
  }

  static QuarantineReason reason(Dataset source) {
    assertThat(outcome(source)).isInstanceOf(Outcome.Quarantined.class);
    return ((Outcome.Quarantined) outcome(source)).reason();
  }
}
