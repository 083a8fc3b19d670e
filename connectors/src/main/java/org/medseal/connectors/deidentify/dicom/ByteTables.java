package org.medseal.connectors.deidentify.dicom;

import java.util.Set;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.Vr;

/**
 * Values of plain bytes that are neither pixels nor samples: palettes, profiles, and tables of
 * floats and long integers, where text is as easily hidden.
 */
final class ByteTables {
  /** Far above any palette or ICC profile; what is longer is not searched but left out. */
  static final long MOST_BYTES = 4L << 20;

  private static final Set<Integer> IMAGES_AND_CURVES =
      Set.of(
          Tag.PIXEL_DATA,
          Tag.FLOAT_PIXEL_DATA,
          Tag.DOUBLE_FLOAT_PIXEL_DATA,
          0x54000110,
          0x54000112,
          0x5400100A,
          0x54001010);
  private static final Set<Vr> BYTES = Set.of(Vr.OB, Vr.OW, Vr.UN, Vr.OF, Vr.OD, Vr.OL, Vr.OV);

  private ByteTables() {}

  static boolean isOne(Element element) {
    return BYTES.contains(element.vr()) && !IMAGES_AND_CURVES.contains(element.tag());
  }

  /** Whether bytes follow the last whole number, which nobody who reads numbers would see. */
  static boolean isUneven(Element element) {
    return !element.vr().isText()
        && element instanceof Element.Plain plain
        && plain.value().lengthBytes() % element.vr().wordBytes() != 0;
  }

  static boolean isTooLong(Element element) {
    return isOne(element)
        && element instanceof Element.Plain plain
        && plain.value().lengthBytes() > MOST_BYTES;
  }
}
