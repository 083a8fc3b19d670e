package org.medseal.connectors.deidentify;

/** How many records a FHIR Bundle gives. */
public enum RecordUnit {
  /** One per patient, with all that the Bundle holds about it. */
  PATIENT,
  /** One per resource about a patient. */
  ENTRY
}
