package org.medseal.connectors.deidentify.dicom;

import org.medseal.connectors.dicom.Tag;

/** Places in a data set, as {@code (0008,1140)[0].(0008,1155)}. */
final class Paths {
  private Paths() {}

  static String item(String path, int sequence, int number) {
    return path + Tag.toString(sequence) + "[" + number + "].";
  }
}
