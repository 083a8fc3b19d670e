package org.medseal.connectors.dicom;

import java.io.IOException;
import java.util.Optional;

/**
 * Tag, VR and declared length of an element (PS3.5 section 7.1).
 *
 * @param layout of the value, which differs from its surroundings inside UN
 */
record ElementHeader(int tag, Vr vr, long length, Layout layout) {
  static final long UNDEFINED = 0xFFFFFFFFL;

  boolean isUndefined() {
    return length == UNDEFINED;
  }

  static int readTag(DicomInput in, Layout layout) throws IOException {
    int group = in.u16(layout.bigEndian());
    return Tag.of(group, in.u16(layout.bigEndian()));
  }

  static ElementHeader read(
      DicomInput in, int tag, Layout layout, boolean signedPixels, LeniencyCount leniencies)
      throws IOException {
    Vr known = DataDictionary.standard().vrOf(tag, signedPixels);
    if (!layout.explicitVr()) {
      return new ElementHeader(tag, known, in.u32(false), layout);
    }
    byte[] letters = in.exactly(2);
    Optional<Vr> said = Vr.of(letters[0], letters[1]);
    if (said.isEmpty()) {
      leniencies.add(Leniency.BAD_VR);
      return new ElementHeader(tag, known, lengthAfterBadVr(in, letters, layout), layout);
    }
    Vr vr = said.get();
    if (!vr.hasLongLength()) {
      return new ElementHeader(tag, vr, in.u16(layout.bigEndian()), layout);
    }
    in.exactly(2);
    long length = in.u32(layout.bigEndian());
    return vr == Vr.UN
        ? ofUnknown(tag, known, length, leniencies)
        : new ElementHeader(tag, vr, length, layout);
  }

  /**
   * UN holds implicit little endian whatever surrounds it (CP-246), and the dictionary may know
   * better what it is.
   */
  private static ElementHeader ofUnknown(int tag, Vr known, long length, LeniencyCount leniencies) {
    if (known != Vr.UN) {
      leniencies.add(Leniency.UN_FOR_KNOWN_ATTRIBUTE);
    }
    Vr vr = length == UNDEFINED ? Vr.SQ : known;
    return new ElementHeader(tag, vr, length, Layout.IMPLICIT_LITTLE);
  }

  /**
   * Letters that are no VR of today: zeros after them mean the long form, as PS3.5 section 6.2.2
   * has it for VRs yet to come, else the short form. No letters: the element is implicit.
   */
  private static long lengthAfterBadVr(DicomInput in, byte[] letters, Layout layout)
      throws IOException {
    boolean upperCase =
        letters[0] >= 'A' && letters[0] <= 'Z' && letters[1] >= 'A' && letters[1] <= 'Z';
    if (!upperCase) {
      int first = letters[0] & 0xFF;
      int second = letters[1] & 0xFF;
      long rest = in.u16(layout.bigEndian());
      return layout.bigEndian()
          ? (long) (first << 8 | second) << 16 | rest
          : rest << 16 | (long) (second << 8 | first);
    }
    int next = in.u16(layout.bigEndian());
    return next == 0 ? in.u32(layout.bigEndian()) : next;
  }
}
