package org.medseal.pages.clinical;

import org.medseal.pages.clinical.dicom.DicomTable;
import org.medseal.pages.clinical.dicom.ImageFacts;
import org.medseal.pages.clinical.fhir.FhirView;
import org.medseal.pages.clinical.hl7.Hl7Tree;
import org.medseal.pages.clinical.shown.ShownText;

/**
 * A decrypted record on its page.
 *
 * @param offersDates whether its dates may be made true: for treatment, by who asked for it
 * @param trueDates whether its dates are the patient's own
 */
record RecordView(RecordDoor door, boolean offersDates, boolean trueDates, Content content) {

  /** What is shown, by format. */
  sealed interface Content {
    /** Last part of the key of the format's name. */
    String format();
  }

  /**
   * A message.
   *
   * @param whole false where only its beginning was read
   */
  record Hl7(Hl7Tree tree, boolean whole) implements Content {
    @Override
    public String format() {
      return "HL7V2";
    }
  }

  /** A resource or a Bundle, or a part of it. */
  record Fhir(FhirView view) implements Content {
    @Override
    public String format() {
      return "FHIR";
    }
  }

  /**
   * An object.
   *
   * @param frame from 1
   * @param window which of the header's windows, from 1; 0 for the whole range
   */
  record Dicom(ImageFacts facts, DicomTable table, int frame, int window) implements Content {
    @Override
    public String format() {
      return "DICOM";
    }

    boolean hasPicture() {
      return facts.obstacle() == org.medseal.pages.clinical.dicom.Obstacle.NONE;
    }
  }

  /** What its own format cannot be read in: its beginning as text, or nothing if it is binary. */
  record Raw(String format, ShownText text) implements Content {}
}
