package org.medseal.connectors.deidentify;

/** The standards MedSeal takes clinical messages in. */
public enum Format {
  HL7V2,
  FHIR,
  DICOM
}
