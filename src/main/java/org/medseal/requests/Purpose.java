package org.medseal.requests;

/** Why somebody asks, after HL7 v3 PurposeOfUse: TREAT, HPAYMT, HOPERAT and so on. */
public enum Purpose {
  TREATMENT,
  PAYMENT,
  OPERATIONS,
  RESEARCH,
  PUBLIC_HEALTH,
  EMERGENCY,
  PATIENT_REQUEST
}
