package org.medseal.connectors.deidentify.dicom;

import java.util.Optional;
import org.medseal.connectors.dicom.DataDictionary;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.Vr;

/**
 * Text under another VR than PS3.6 gives its attribute, read under the right one: a name under LO
 * is as much a name, and a UID under LO still joins a study. What is no text stays as it came.
 */
final class StandardVr {
  private StandardVr() {}

  static Element of(Element element) {
    return element instanceof Element.Plain plain && mayBeText(plain.vr())
        ? textVr(plain.tag())
            .filter(vr -> vr != plain.vr())
            .<Element>map(vr -> new Element.Plain(plain.tag(), vr, plain.value()))
            .orElse(element)
        : element;
  }

  private static boolean mayBeText(Vr vr) {
    return vr.isText() || vr == Vr.OB || vr == Vr.UN;
  }

  /** Empty where the attribute is unknown, of several VRs, or of none of characters. */
  private static Optional<Vr> textVr(int tag) {
    return DataDictionary.standard()
        .find(tag)
        .map(DataDictionary.Attribute::vr)
        .filter(printed -> printed.length() == 2)
        .map(Vr::valueOf)
        .filter(Vr::isText);
  }
}
