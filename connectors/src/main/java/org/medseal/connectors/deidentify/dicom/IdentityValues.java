package org.medseal.connectors.deidentify.dicom;

import java.util.Map;
import java.util.Set;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.deidentify.ResidualScan;
import org.medseal.connectors.deidentify.dicom.DicomSettings.IdentityKind;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.SpecificCharacterSet;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.Vr;

/** Gathers what identifies somebody in a source, on every level, for the residual scan. */
final class IdentityValues {
  private static final long MOST_BYTES = 64 << 10;

  private final Map<IdentityKind, Set<Integer>> attributes;
  private final ResidualScan.Builder scan = ResidualScan.builder();

  private IdentityValues(Map<IdentityKind, Set<Integer>> attributes) {
    this.attributes = attributes;
  }

  static ResidualScan scanFor(
      Dataset source, SpecificCharacterSet outer, Map<IdentityKind, Set<Integer>> attributes) {
    IdentityValues values = new IdentityValues(attributes);
    values.collect(source, outer, "");
    return values.scan.build();
  }

  private void collect(Dataset dataset, SpecificCharacterSet outer, String path) {
    SpecificCharacterSet characters = CharacterSets.in(dataset, outer, path);
    for (Element each : dataset.elements()) {
      Element element = StandardVr.of(each);
      if (element instanceof Element.Sequence sequence) {
        int number = 0;
        for (Dataset item : sequence.items()) {
          collect(item, characters, Paths.item(path, sequence.tag(), number++));
        }
      } else if (each.vr() == Vr.PN || identifies(element)) {
        checkLength(element, path);
        boolean name = each.vr() == Vr.PN || element.vr() == Vr.PN; // as sent, or as it should be
        Readings.of(element, characters).forEach(value -> add(element.tag(), name, value));
      }
    }
  }

  private boolean identifies(Element element) {
    return element.vr() == Vr.PN
        || attributes.values().stream().anyMatch(tags -> tags.contains(element.tag()));
  }

  /** Nobody's name is that long, and a search for a part of it would be none. */
  private static void checkLength(Element element, String path) {
    if (element instanceof Element.Plain plain && plain.value().lengthBytes() > MOST_BYTES) {
      throw new QuarantineException(QuarantineReason.TOO_LARGE, path + Tag.toString(element.tag()));
    }
  }

  private void add(int tag, boolean name, String value) {
    if (name) {
      scan.person(value);
      for (String spelling : value.split("=", -1)) {
        scan.person(spelling);
      }
      return;
    }
    attributes.forEach(
        (kind, tags) -> {
          if (tags.contains(tag)) {
            add(kind, value);
          }
        });
  }

  private void add(IdentityKind kind, String value) {
    switch (kind) {
      case PERSON -> scan.person(value);
      case ID -> scan.id(value);
      case PHONE -> scan.phone(value);
      case PLACE -> scan.place(value);
      case BIRTH_DATE -> scan.birthDate(value);
    }
  }
}
