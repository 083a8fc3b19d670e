package org.medseal.pages.clinical.dicom;

/** Transfer syntaxes under the names the standard gives them (PS3.6 table A-1). */
final class TransferSyntaxName {
  private TransferSyntaxName() {}

  /** The UID itself, if it is none of the usual ones. */
  static String of(String uid) {
    return switch (uid) {
      case "1.2.840.10008.1.2" -> "Implicit VR Little Endian";
      case "1.2.840.10008.1.2.1" -> "Explicit VR Little Endian";
      case "1.2.840.10008.1.2.1.99" -> "Deflated Explicit VR Little Endian";
      case "1.2.840.10008.1.2.2" -> "Explicit VR Big Endian";
      case "1.2.840.10008.1.2.4.50" -> "JPEG Baseline";
      case "1.2.840.10008.1.2.4.51" -> "JPEG Extended";
      case "1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.70" -> "JPEG Lossless";
      case "1.2.840.10008.1.2.4.80" -> "JPEG-LS Lossless";
      case "1.2.840.10008.1.2.4.81" -> "JPEG-LS";
      case "1.2.840.10008.1.2.4.90" -> "JPEG 2000 Lossless";
      case "1.2.840.10008.1.2.4.91" -> "JPEG 2000";
      case "1.2.840.10008.1.2.5" -> "RLE Lossless";
      default -> uid;
    };
  }
}
