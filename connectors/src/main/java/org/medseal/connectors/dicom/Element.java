package org.medseal.connectors.dicom;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** One data element. Its string form never shows a value. */
public sealed interface Element {
  int tag();

  Vr vr();

  /** A value of any VR but SQ. */
  record Plain(int tag, Vr vr, BulkData value) implements Element {
    @Override
    public String toString() {
      return Tag.toString(tag) + " " + vr + " " + value.lengthBytes() + " bytes";
    }
  }

  /** A sequence of items. */
  record Sequence(int tag, List<Dataset> items) implements Element {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public Vr vr() {
      return Vr.SQ;
    }

    @Override
    public String toString() {
      return Tag.toString(tag) + " SQ " + items.size() + " items";
    }
  }

  /** Encapsulated pixel data (PS3.5 annex A.4); the first fragment is the basic offset table. */
  record Encapsulated(int tag, Vr vr, List<BulkData> fragments) implements Element {
    public Encapsulated {
      fragments = List.copyOf(fragments);
    }

    @Override
    public String toString() {
      return Tag.toString(tag) + " " + vr + " " + fragments.size() + " fragments";
    }
  }

  static Element.Plain empty(int tag, Vr vr) {
    return new Plain(tag, vr, MemoryBulkData.of(new byte[0]));
  }

  /** For values within ASCII only. */
  static Element.Plain ascii(int tag, Vr vr, String value) {
    return new Plain(tag, vr, MemoryBulkData.of(value.getBytes(StandardCharsets.US_ASCII)));
  }
}
