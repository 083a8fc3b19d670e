package org.medseal.connectors.deidentify.dicom;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.SpecificCharacterSet;
import org.medseal.connectors.dicom.Values;

/**
 * What a text says in the character set its file declares, and what it says in those that senders
 * use without declaring them: a name must be found whichever of the two a reader believes.
 */
final class Readings {
  private static final List<SpecificCharacterSet> UNDECLARED =
      List.of(
          SpecificCharacterSet.of(StandardCharsets.UTF_8),
          SpecificCharacterSet.of(Charset.forName("GB18030")),
          SpecificCharacterSet.of(Charset.forName("Shift_JIS")),
          SpecificCharacterSet.of(Charset.forName("EUC-KR")),
          SpecificCharacterSet.of(StandardCharsets.ISO_8859_1));

  private Readings() {}

  /** The values of a text element in every reading, the declared one first; none twice. */
  static Set<String> of(Element element, SpecificCharacterSet declared) {
    Set<String> readings = new LinkedHashSet<>(Values.text(element, declared));
    if (readings.stream().anyMatch(value -> value.chars().anyMatch(c -> c >= 0x80))) {
      for (SpecificCharacterSet characters : UNDECLARED) {
        readings.addAll(Values.text(element, characters));
      }
    }
    readings.removeIf(String::isBlank);
    return readings;
  }
}
