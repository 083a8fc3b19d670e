package org.medseal.connectors.deidentify.dicom;

import java.util.Locale;
import java.util.Set;

/** A descriptor passes whole if each of its words is listed or a number of one or two digits. */
record Vocabulary(Set<String> words) {
  boolean allows(String descriptor) {
    for (String word : descriptor.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}\\p{M}]+", -1)) {
      if (!word.isEmpty() && !words.contains(word) && !word.matches("[0-9]{1,2}")) {
        return false;
      }
    }
    return true;
  }
}
