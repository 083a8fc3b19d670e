package org.medseal.bench.deid;

import java.util.SortedMap;
import java.util.TreeMap;

/** One HL7 v2 segment by its field numbers; MSH is written from MSH-3 on. */
final class SegmentText {
  private final String name;
  private final SortedMap<Integer, String> fields = new TreeMap<>();

  SegmentText(String name) {
    this.name = name;
  }

  SegmentText set(int field, String... parts) {
    fields.put(field, String.join("", parts));
    return this;
  }

  @Override
  public String toString() {
    boolean head = name.equals("MSH");
    StringBuilder out = new StringBuilder(head ? "MSH|^~\\&" : name);
    for (int i = head ? 3 : 1; i <= fields.lastKey(); i++) {
      out.append('|').append(fields.getOrDefault(i, ""));
    }
    return out.toString();
  }
}
