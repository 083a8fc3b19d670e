package org.medseal.connectors.deidentify;

/** Why a message is kept back. The sentence tells an integration engineer what to do. */
public enum QuarantineReason {
  UNPARSABLE("The message breaks its standard's syntax; have the sender correct it, then resend."),
  UNSUPPORTED_VERSION(
      "The message is of a version MedSeal does not read; have the sender convert it."),
  UNKNOWN_CHARSET(
      "The bytes do not fit the declared character set; set the feed's default character set or"
          + " have the sender declare the right one."),
  NO_PATIENT_IDENTIFIER(
      "The message is about a patient but carries no usable identifier; have the sender fill it."),
  UNKNOWN_AUTHORITY(
      "None of the patient's identifiers has an authority of identifiers.yaml; list it there, or"
          + " set the feed's unlisted authorities to local."),
  RULE_ERROR("A de-identification rule could not be applied at this place; report it and resend."),
  RESIDUAL_IDENTITY(
      "A value that identifies somebody was still found after the rules; extend the rules for this"
          + " place, then reprocess."),
  BURNED_IN_PIXELS(
      "The pixels may show identity; add a device rule once the device is known to be clean."),
  TOO_LARGE("The message exceeds the size limit; have the sender split it."),
  TRUNCATED("The message ends early; have the sender resend it."),
  UNSUPPORTED_TRANSFER_SYNTAX(
      "The image's transfer syntax is not read here; have the sender convert it."),
  AMBIGUOUS_PATIENT(
      "The message is about several patients; have the sender send one message per patient.");

  private final String sentence;

  QuarantineReason(String sentence) {
    this.sentence = sentence;
  }

  public String sentence() {
    return sentence;
  }
}
