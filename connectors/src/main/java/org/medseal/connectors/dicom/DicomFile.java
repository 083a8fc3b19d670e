package org.medseal.connectors.dicom;

import java.util.Map;

/**
 * One file as read.
 *
 * @param meta group 0002, empty if the file has none
 * @param leniencies what the reader had to forgive, and how often
 */
public record DicomFile(
    Dataset meta, TransferSyntax syntax, Dataset dataset, Map<Leniency, Integer> leniencies) {
  public DicomFile {
    leniencies = Map.copyOf(leniencies);
  }
}
