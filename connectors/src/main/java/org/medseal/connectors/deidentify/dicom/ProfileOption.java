package org.medseal.connectors.deidentify.dicom;

import java.util.Optional;

/**
 * The options of PS3.15 table E.1-1 that can be had here, with their codes of CID 7050. Retain
 * Institution Identity, Retain UIDs, Retain Device Identity, Retain Safe Private and Full Dates are
 * not among them: each would say which hospital or who.
 */
enum ProfileOption {
  RETAIN_PATIENT_CHARACTERISTICS(
      "retainPatientCharacteristics", 6, "113108", "Retain Patient Characteristics Option"),
  RETAIN_LONGITUDINAL_MODIFIED_DATES(
      "retainLongitudinalModifiedDates",
      8,
      "113107",
      "Retain Longitudinal Temporal Information Modified Dates Option"),
  CLEAN_DESCRIPTORS("cleanDescriptors", 9, "113105", "Clean Descriptors Option"),
  CLEAN_STRUCTURED_CONTENT(
      "cleanStructuredContent", 10, "113104", "Clean Structured Content Option"),
  CLEAN_GRAPHICS("cleanGraphics", 11, "113103", "Clean Graphics Option");

  static final String BASIC_CODE = "113100";
  static final String BASIC_MEANING = "Basic Application Confidentiality Profile";

  private final String spelling;
  private final int column;
  private final String code;
  private final String meaning;

  ProfileOption(String spelling, int column, String code, String meaning) {
    this.spelling = spelling;
    this.column = column;
    this.code = code;
    this.meaning = meaning;
  }

  static Optional<ProfileOption> spelled(String text) {
    for (ProfileOption option : values()) {
      if (option.spelling.equals(text)) {
        return Optional.of(option);
      }
    }
    return Optional.empty();
  }

  /** In confidentiality-profile.tsv, from 0. */
  int column() {
    return column;
  }

  String code() {
    return code;
  }

  String meaning() {
    return meaning;
  }
}
