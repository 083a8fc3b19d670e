package org.medseal.bench.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Changes of segments, fields, delimiters and character sets of an HL7 v2 message. */
final class Hl7Changes {
  private static final int LONGEST_REPEAT = 400;
  private static final String[] VALUES = {
    "",
    "\"\"",
    "\\F\\",
    "\\X0D\\",
    "\\X1C0D\\",
    "\\Zxx\\",
    "\\C2842\\",
    "\\",
    "^^^^",
    "~~~~~",
    "&&&&",
    "20260230",
    "99999999999999999999",
    "00010101",
    "-1",
    "1e400",
    "20260101120000.0000+9999",
    "7^^^A&2.16.156.10011.1.3&ISO^MR",
    "11010519491231002X^^^&2.16.156.10011.1.3&ISO",
    "Q\u0000x",
    "\u00e4\u00f6\u00fc",
    "\u00ff\u00fe",
    "\u00810\u00848",
    "\u001b$B",
    "ADT^A40^ADT_A39",
    "ORU^R01",
    "ACK",
    "2.3.1",
    "2.9",
    "AL",
    "NE",
    "ER",
    "SU",
    "MSH|^~\\&|"
  };
  private static final String[] CHARSETS = {
    "GB 18030-2000", "8859/1", "8859/15", "UNICODE UTF-8", "UNICODE UTF-16", "ASCII", "ISO IR87",
    "ISO IR159", "BIG-5", "CNS 11643-1992", "KS X 1001", "nobody knows", "ASCII~ISO IR87", "~~"
  };
  private static final String[] DELIMITERS = {
    "|^~\\&", "#*$!%", "|^~&\\", "||||", "|^^^^", "A^~\\&", "|"
  };

  private Hl7Changes() {}

  static byte[] mutate(byte[] seed, byte[] other, Random random) {
    byte[] bytes = seed;
    for (int changes = random.nextInt(4); changes >= 0; changes--) {
      bytes =
          random.nextInt(4) == 0
              ? ByteChanges.change(bytes, other, random)
              : one(bytes, other, random);
    }
    return bytes;
  }

  private static byte[] one(byte[] message, byte[] other, Random random) {
    List<String> segments = segments(message);
    int at = random.nextInt(segments.size());
    switch (random.nextInt(9)) {
      case 0 -> segments.remove(at);
      case 1 -> segments.add(at, segments.get(at));
      case 2 -> Collections.swap(segments, at, random.nextInt(segments.size()));
      case 3 -> segments.add(at, oneOf(segments(other), random));
      case 4 -> segments.add("ZXX|" + oneOf(VALUES, random) + "|" + segments.get(at));
      case 5 -> segments.set(0, charset(segments.get(0), oneOf(CHARSETS, random)));
      case 6 -> segments.set(0, delimiters(segments.get(0), oneOf(DELIMITERS, random)));
      default -> segments.set(at, field(segments.get(at), random));
    }
    return String.join("\r", segments).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static List<String> segments(byte[] message) {
    String text = new String(message, StandardCharsets.ISO_8859_1);
    return new ArrayList<>(Arrays.asList(text.split("[\r\n]+", -1)));
  }

  private static String field(String segment, Random random) {
    List<String> fields = new ArrayList<>(Arrays.asList(segment.split("\\|", -1)));
    int at = random.nextInt(fields.size());
    String value = oneOf(VALUES, random);
    switch (random.nextInt(5)) {
      case 0 -> fields.set(at, fields.get(at) + "~" + value);
      case 1 -> fields.set(at, fields.get(at) + "^" + value);
      case 2 -> fields.set(at, (value + "~").repeat(random.nextInt(LONGEST_REPEAT)));
      case 3 -> fields.add(at, value);
      default -> fields.set(at, value);
    }
    return String.join("|", fields);
  }

  private static String charset(String head, String name) {
    List<String> fields = new ArrayList<>(Arrays.asList(head.split("\\|", -1)));
    while (fields.size() < 18) {
      fields.add("");
    }
    fields.set(17, name);
    return String.join("|", fields);
  }

  /** The rest of the message keeps its own, as a broken sender's would. */
  private static String delimiters(String head, String those) {
    return head.length() < 8 ? head : head.substring(0, 3) + those + head.substring(8);
  }

  private static String oneOf(String[] all, Random random) {
    return all[random.nextInt(all.length)];
  }

  private static String oneOf(List<String> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }
}
