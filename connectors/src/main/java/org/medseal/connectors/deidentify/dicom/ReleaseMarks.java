package org.medseal.connectors.deidentify.dicom;

import java.util.ArrayList;
import java.util.List;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.Vr;

/**
 * What a released file says about its own de-identification (PS3.15 section E.1.1). (0028,0301) is
 * left as the source has it: without a look at the pixels nobody may write NO. Only a device rule
 * is such a look; where one has blackened regions, that is claimed as well.
 */
final class ReleaseMarks {
  private static final String CLEAN_PIXELS_CODE = "113101";
  private static final String CLEAN_PIXELS_MEANING = "Clean Pixel Data Option";

  private ReleaseMarks() {}

  static void write(Dataset released, Person person, DicomRules rules, boolean blackened) {
    released
        .put(Element.empty(Tag.PATIENT_NAME, Vr.PN))
        .put(Element.ascii(Tag.PATIENT_ID, Vr.LO, person.pseudonym()))
        .put(Element.ascii(Tag.PATIENT_IDENTITY_REMOVED, Vr.CS, "YES"))
        .put(Element.ascii(Tag.DEIDENTIFICATION_METHOD, Vr.LO, "MedSeal " + rules.id()));
    List<Dataset> methods = new ArrayList<>();
    methods.add(code(ProfileOption.BASIC_CODE, ProfileOption.BASIC_MEANING));
    if (blackened) {
      methods.add(code(CLEAN_PIXELS_CODE, CLEAN_PIXELS_MEANING));
    }
    rules.settings().options().stream()
        .sorted()
        .forEach(option -> methods.add(code(option.code(), option.meaning())));
    released.put(new Element.Sequence(Tag.DEIDENTIFICATION_METHOD_CODE_SEQUENCE, methods));
    boolean shifted =
        rules.settings().options().contains(ProfileOption.RETAIN_LONGITUDINAL_MODIFIED_DATES);
    released.put(
        Element.ascii(
            Tag.LONGITUDINAL_TEMPORAL_INFORMATION_MODIFIED,
            Vr.CS,
            shifted ? "MODIFIED" : "REMOVED"));
  }

  private static Dataset code(String value, String meaning) {
    return new Dataset()
        .put(Element.ascii(Tag.CODE_VALUE, Vr.SH, value))
        .put(Element.ascii(Tag.CODING_SCHEME_DESIGNATOR, Vr.SH, "DCM"))
        .put(Element.ascii(Tag.CODE_MEANING, Vr.LO, meaning));
  }
}
