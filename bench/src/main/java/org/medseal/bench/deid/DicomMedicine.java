package org.medseal.bench.deid;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decimals and public codes of a file in explicit VR little endian, read without the product. */
final class DicomMedicine {
  private static final Set<String> LONG =
      Set.of("OB", "OW", "OF", "SQ", "UT", "UN", "UC", "UR", "OV", "OD", "OL", "SV", "UV");
  private static final int START = 132;
  private static final int CODE_VALUE = 0x00080100;
  private static final int CODING_SCHEME = 0x00080102;

  private final byte[] file;
  private final List<String> found = new ArrayList<>();
  private String code = "";

  private DicomMedicine(byte[] file) {
    this.file = file;
  }

  /** Items and sequences are stepped into: only elements with a value count. */
  static List<String> of(byte[] file) {
    DicomMedicine medicine = new DicomMedicine(file);
    int at = START;
    while (at + 8 <= file.length) {
      at = medicine.element(at);
    }
    return medicine.found;
  }

  private int element(int at) {
    int tag = u16(at) << 16 | u16(at + 2);
    if (tag >>> 16 == 0xFFFE) {
      return at + 8;
    }
    String vr = new String(file, at + 4, 2, StandardCharsets.US_ASCII);
    boolean longForm = LONG.contains(vr);
    int value = at + (longForm ? 12 : 8);
    if (vr.equals("SQ")) {
      return value;
    }
    int length = longForm ? u16(at + 8) | u16(at + 10) << 16 : u16(at + 6);
    String text = new String(file, value, length, StandardCharsets.ISO_8859_1).strip();
    if (vr.equals("DS") && !text.isEmpty()) {
      found.add(PublicSystem.number(text));
    } else if (tag == CODE_VALUE) {
      code = text;
    } else if (tag == CODING_SCHEME) {
      Optional<PublicSystem> system = PublicSystem.hl7(text);
      system.ifPresent(s -> found.add(s.entry(code)));
    }
    return value + length;
  }

  private int u16(int at) {
    return (file[at] & 0xFF) | (file[at + 1] & 0xFF) << 8;
  }
}
