package org.medseal.connectors.dicom;

/** How headers and words of the elements at hand are laid out. */
record Layout(boolean explicitVr, boolean bigEndian) {
  static final Layout IMPLICIT_LITTLE = new Layout(false, false);
  static final Layout EXPLICIT_LITTLE = new Layout(true, false);

  static Layout of(TransferSyntax syntax) {
    return new Layout(syntax.explicitVr(), syntax.bigEndian());
  }
}
