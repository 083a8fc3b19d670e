package org.medseal.connectors.deidentify;

import java.io.IOException;
import java.util.List;
import org.medseal.connectors.content.Content;
import org.medseal.crypto.pseudonym.Pseudonym;

/**
 * Undoes what shiftDate did to records of one format under one rule set: the same rules say which
 * values are moved back, all else stays byte for byte or value for value. What de-identification
 * took away (zones, days that were dates of birth) does not come back. Safe for many threads.
 */
public interface TrueDates {
  /** The rule set, as the records that went through it name it. */
  String ruleSetId();

  /**
   * The record as it was but for its dates. Its content may refer to {@code record}: keep that as
   * long.
   *
   * @param candidates pseudonyms of one patient under every key the record may have been made with
   * @throws TrueDatesException if the record is about none of them, or cannot be read
   */
  Content restored(Content record, List<Pseudonym> candidates) throws IOException;

  /** The candidate whose in-record pseudonym this is. */
  static Pseudonym named(String inRecord, List<Pseudonym> candidates) {
    return candidates.stream()
        .filter(each -> PatientIdentity.inRecord(each).equals(inRecord))
        .findFirst()
        .orElseThrow(
            () ->
                new TrueDatesException(
                    TrueDatesException.Reason.ANOTHER_PATIENT, "the record is not this patient's"));
  }

  /** The record on the heap; UNREADABLE above {@link Deidentifier#MOST_BYTES_ON_HEAP}. */
  static byte[] onHeap(Content record) {
    if (record.sizeBytes() > Deidentifier.MOST_BYTES_ON_HEAP) {
      throw unreadable();
    }
    return record.bytes();
  }

  static TrueDatesException unreadable() {
    return new TrueDatesException(
        TrueDatesException.Reason.UNREADABLE, "the record is not of the form its format has");
  }
}
