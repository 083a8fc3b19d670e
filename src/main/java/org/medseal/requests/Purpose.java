package org.medseal.requests;

/** Why somebody asks, after HL7 v3 PurposeOfUse. */
public enum Purpose {
  TREATMENT("TREAT"),
  PAYMENT("HPAYMT"),
  OPERATIONS("HOPERAT"),
  RESEARCH("HRESCH"),
  PUBLIC_HEALTH("PUBHLTH"),
  EMERGENCY("ETREAT"),
  PATIENT_REQUEST("PATRQT");

  private final String hl7Code;

  Purpose(String hl7Code) {
    this.hl7Code = hl7Code;
  }

  /** Code in http://terminology.hl7.org/CodeSystem/v3-ActReason. */
  public String hl7Code() {
    return hl7Code;
  }
}
