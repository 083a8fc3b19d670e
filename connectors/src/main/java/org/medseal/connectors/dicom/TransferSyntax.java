package org.medseal.connectors.dicom;

/**
 * How a data set is laid out (PS3.5 section 10, annex A).
 *
 * @param uid as in (0002,0010)
 */
public record TransferSyntax(
    String uid, boolean explicitVr, boolean bigEndian, boolean deflated, boolean encapsulated) {
  private static final String STANDARD_ROOT = "1.2.840.10008.";
  private static final String STANDARD = "1.2.840.10008.1.2";

  public static final TransferSyntax IMPLICIT_LITTLE =
      new TransferSyntax(STANDARD, false, false, false, false);
  public static final TransferSyntax EXPLICIT_LITTLE =
      new TransferSyntax(STANDARD + ".1", true, false, false, false);
  public static final TransferSyntax DEFLATED =
      new TransferSyntax(STANDARD + ".1.99", true, false, true, false);
  public static final TransferSyntax EXPLICIT_BIG =
      new TransferSyntax(STANDARD + ".2", true, true, false, false);

  /**
   * GE's, in which all but the pixels is implicit little endian and the pixels are big endian
   * words: read and written under its own name only, so that nobody takes them for little endian.
   */
  private static final String GE_IMPLICIT_BIG_PIXELS = "1.2.840.113619.5.2";

  /** Papyrus 3, retired: implicit little endian. */
  private static final String PAPYRUS = STANDARD_ROOT + "1.20";

  /** Philips' private explicit little endian for CT. */
  private static final String PHILIPS_CT = "1.3.46.670589.33.1.4.1";

  /**
   * Any compressed syntax of the standard is explicit little endian with encapsulated pixels.
   *
   * @throws DicomException UNSUPPORTED_TRANSFER_SYNTAX for private ones that are not listed here
   *     and for those whose pixels lie behind a URL (JPIP) or in another stream (SMPTE ST 2110)
   */
  public static TransferSyntax of(String uid) {
    return switch (uid) {
      case STANDARD -> IMPLICIT_LITTLE;
      case STANDARD + ".1" -> EXPLICIT_LITTLE;
      case STANDARD + ".1.99" -> DEFLATED;
      case STANDARD + ".2" -> EXPLICIT_BIG;
      case STANDARD + ".1.98" -> new TransferSyntax(uid, true, false, false, true);
      case GE_IMPLICIT_BIG_PIXELS, PAPYRUS -> new TransferSyntax(uid, false, false, false, false);
      case PHILIPS_CT -> new TransferSyntax(uid, true, false, false, false);
      default -> compressed(uid);
    };
  }

  private static TransferSyntax compressed(String uid) {
    boolean known = uid.matches("1\\.2\\.840\\.10008\\.1\\.2\\.(4\\.\\d{1,3}|5|6\\.\\d)");
    boolean elsewhere = uid.matches("1\\.2\\.840\\.10008\\.1\\.2\\.4\\.(94|95|204|205)");
    if (!known || elsewhere) {
      throw new DicomException(
          DicomException.Reason.UNSUPPORTED_TRANSFER_SYNTAX,
          "transfer syntax is private, unknown or keeps pixels elsewhere; ask the sender for"
              + " explicit VR little endian");
    }
    return new TransferSyntax(uid, true, false, false, true);
  }
}
