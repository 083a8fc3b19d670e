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

  private static final int ITEM_BYTES = 8;

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
      return new ElementHeader(tag, known, lengthAfterBadVr(in, letters, known, layout), layout);
    }
    Vr vr = said.get();
    if (!vr.hasLongLength()) {
      return new ElementHeader(tag, vr, in.u16(layout.bigEndian()), layout);
    }
    in.exactly(2);
    long length = in.u32(layout.bigEndian());
    return vr == Vr.UN
        ? ofUnknown(in, new ElementHeader(tag, known, length, layout), leniencies)
        : new ElementHeader(tag, vr, length, layout);
  }

  /**
   * UN holds implicit little endian whatever surrounds it (CP-246), and the dictionary may know
   * better what it is. Some senders leave the items of a sequence explicit.
   */
  private static ElementHeader ofUnknown(
      DicomInput in, ElementHeader known, LeniencyCount leniencies) throws IOException {
    if (known.vr() != Vr.UN) {
      leniencies.add(Leniency.UN_FOR_KNOWN_ATTRIBUTE);
    }
    Vr vr = known.isUndefined() ? Vr.SQ : known.vr();
    boolean explicit = vr == Vr.SQ && holdsExplicit(in.peek(ITEM_BYTES + 6));
    if (explicit) {
      leniencies.add(Leniency.UN_HOLDS_EXPLICIT);
    }
    return new ElementHeader(
        known.tag(),
        vr,
        known.length(),
        explicit ? Layout.EXPLICIT_LITTLE : Layout.IMPLICIT_LITTLE);
  }

  /** An item that begins with an element whose VR stands there and is the one it should have. */
  private static boolean holdsExplicit(byte[] next) {
    if (next.length < ITEM_BYTES + 6
        || next[0] != (byte) 0xFE
        || next[1] != (byte) 0xFF
        || next[2] != 0
        || next[3] != (byte) 0xE0) {
      return false;
    }
    int tag =
        Tag.of(
            (next[9] & 0xFF) << 8 | (next[8] & 0xFF), (next[11] & 0xFF) << 8 | (next[10] & 0xFF));
    Vr known = DataDictionary.standard().vrOf(tag, false);
    return Vr.of(next[12], next[13]).filter(said -> known == Vr.UN || said == known).isPresent();
  }

  /**
   * Letters that are no VR of today: zeros after them mean the long form, as PS3.5 section 6.2.2
   * has it for VRs yet to come, else the short form. No capitals: the element is implicit, but a
   * length of 64 KiB and more made of printable characters or of nothing, where nothing so long
   * belongs, is a VR that was never filled in, and the short form.
   */
  private static long lengthAfterBadVr(DicomInput in, byte[] letters, Vr known, Layout layout)
      throws IOException {
    boolean upperCase =
        letters[0] >= 'A' && letters[0] <= 'Z' && letters[1] >= 'A' && letters[1] <= 'Z';
    if (!upperCase) {
      int first = letters[0] & 0xFF;
      int second = letters[1] & 0xFF;
      long rest = in.u16(layout.bigEndian());
      boolean unfilled = (first | second) == 0 || isPrintable(first, second);
      if (rest != 0 && unfilled && !known.hasLongLength()) {
        return rest;
      }
      return layout.bigEndian()
          ? (long) (first << 8 | second) << 16 | rest
          : rest << 16 | (long) (second << 8 | first);
    }
    int next = in.u16(layout.bigEndian());
    return next == 0 ? in.u32(layout.bigEndian()) : next;
  }

  private static boolean isPrintable(int first, int second) {
    return first >= ' ' && first <= '~' && second >= ' ' && second <= '~';
  }
}
