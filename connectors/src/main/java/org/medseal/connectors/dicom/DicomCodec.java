package org.medseal.connectors.dicom;

import java.io.IOException;
import org.medseal.connectors.content.Content;

/**
 * Data sets in and out: all that intake and de-identification ask of a DICOM toolkit. Another one
 * can stand behind it (ADR 003). Safe for many threads.
 */
public interface DicomCodec {
  /**
   * A Part 10 file or a bare data set. Long values refer to {@code source}, which must stay
   * readable as long as the result is used. DicomException; an IOException is the source's own.
   */
  DicomFile read(Content source) throws IOException;

  /**
   * A Part 10 file of the data set, put together whenever it is opened: what its values refer to
   * must stay readable as long. DicomException TOO_LARGE for what no file can hold.
   */
  Content write(TransferSyntax source, Dataset dataset) throws IOException;

  /** Ours, within {@link DicomLimits#STREAMED}. */
  static DicomCodec standard() {
    return within(DicomLimits.STREAMED);
  }

  /** Ours, within other limits. */
  static DicomCodec within(DicomLimits limits) {
    return new StreamedCodec(limits);
  }
}
