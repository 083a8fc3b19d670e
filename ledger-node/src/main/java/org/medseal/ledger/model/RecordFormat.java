package org.medseal.ledger.model;

/** The standard a record is written in; the code is its byte in the canonical encoding. */
public enum RecordFormat {
  HL7V2(1),
  FHIR(2),
  DICOM(3);

  private final int code;

  RecordFormat(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
