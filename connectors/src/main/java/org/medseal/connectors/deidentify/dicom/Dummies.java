package org.medseal.connectors.deidentify.dicom;

import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.MemoryBulkData;
import org.medseal.connectors.dicom.Vr;

/**
 * Values that say nothing but keep an attribute valid where it must not be empty; what is empty
 * already stays so.
 */
final class Dummies {

  private Dummies() {}

  static Element of(Element element) {
    Vr vr = element.vr();
    if (element instanceof Element.Plain plain && plain.value().lengthBytes() == 0) {
      return plain;
    }
    return switch (vr) {
      case DA -> Element.ascii(element.tag(), vr, "19000101");
      case DT -> Element.ascii(element.tag(), vr, "19000101000000");
      case TM -> Element.ascii(element.tag(), vr, "000000");
      case AS -> Element.ascii(element.tag(), vr, "000Y");
      case IS, DS -> Element.ascii(element.tag(), vr, "0");
      case UI -> Element.ascii(element.tag(), vr, "2.25.0");
      case UR -> Element.ascii(element.tag(), vr, "urn:removed");
      case AE, CS, LO, LT, PN, SH, ST, UC, UT -> Element.ascii(element.tag(), vr, "REMOVED");
      default ->
          new Element.Plain(
              element.tag(), vr, MemoryBulkData.of(new byte[Math.max(2, vr.wordBytes())]));
    };
  }
}
