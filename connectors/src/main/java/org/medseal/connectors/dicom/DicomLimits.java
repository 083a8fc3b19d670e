package org.medseal.connectors.dicom;

/**
 * Hard caps of one read. A declared length is never trusted: the caps count what really arrives,
 * after inflation.
 *
 * @param elementBytes longest single value or fragment, in bytes
 * @param datasetBytes longest file, in bytes, after inflation
 * @param elements elements and items together, over all levels
 * @param depth nested sequences
 * @param fragments fragments of one encapsulated element
 */
public record DicomLimits(
    long elementBytes, long datasetBytes, int elements, int depth, int fragments) {
  private static final long MEBIBYTE = 1L << 20;

  /** For files held in memory as a whole. */
  public static final DicomLimits IN_MEMORY =
      new DicomLimits(512 * MEBIBYTE, 512 * MEBIBYTE, 200_000, 256, 200_000);

  /** For what is read by reference: elements as long as their length field allows. */
  public static final DicomLimits STREAMED =
      new DicomLimits(4096 * MEBIBYTE, 8192 * MEBIBYTE, 200_000, 256, 200_000);

  /** A megabyte may inflate to a gigabyte, so this is capped below what is read plainly. */
  private static final long MOST_INFLATED = 1024 * MEBIBYTE;

  public DicomLimits {
    if (elementBytes < 1 || datasetBytes < 1 || elements < 1 || depth < 1 || fragments < 1) {
      throw new IllegalArgumentException("every DICOM limit must be at least 1");
    }
    if (depth > 256) {
      throw new IllegalArgumentException("depth is at most 256: reading is recursive");
    }
  }

  long inflatedBytes() {
    return Math.min(datasetBytes, MOST_INFLATED);
  }
}
