package org.medseal.pages.clinical.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.medseal.connectors.dicom.DicomException;
import org.medseal.connectors.dicom.DicomHead;
import org.medseal.connectors.dicom.DicomLimits;
import org.medseal.connectors.dicom.DicomReader;

/** Reads DICOM records for showing: never the pixels with the header, never more than a bound. */
public final class DicomImage {
  /** A frame behind this many bytes is not drawn. */
  public static final long MOST_READ_BYTES = 1L << 30;

  private static final int MOST_ELEMENTS = 20_000;
  private static final int MOST_DEPTH = 32;
  private static final DicomLimits LIMITS =
      new DicomLimits(MOST_READ_BYTES, MOST_READ_BYTES, MOST_ELEMENTS, MOST_DEPTH, MOST_ELEMENTS);

  private DicomImage() {}

  /** To be closed; empty for what is no DICOM, or beyond the bounds. */
  public static Optional<DicomHead> head(InputStream record) throws IOException {
    try {
      return Optional.of(new DicomReader(LIMITS, new Beginnings()).readHead(record));
    } catch (DicomException unreadable) {
      return Optional.empty();
    }
  }
}
