package org.medseal.connectors.deidentify.dicom;

import org.medseal.connectors.deidentify.FeedPolicy;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.SpecificCharacterSet;
import org.medseal.connectors.dicom.Tag;

/** Which character set a data set or item is in; an unknown one ends the work on the file. */
final class CharacterSets {
  private CharacterSets() {}

  /** For data sets that name none. */
  static SpecificCharacterSet ofFeed(FeedPolicy policy) {
    return policy
        .defaultCharset()
        .map(SpecificCharacterSet::of)
        .orElse(SpecificCharacterSet.DEFAULT);
  }

  static SpecificCharacterSet in(Dataset dataset, SpecificCharacterSet outer, String path) {
    return SpecificCharacterSet.in(dataset, outer)
        .orElseThrow(
            () ->
                new QuarantineException(
                    QuarantineReason.UNKNOWN_CHARSET,
                    path + Tag.toString(Tag.SPECIFIC_CHARACTER_SET)));
  }
}
