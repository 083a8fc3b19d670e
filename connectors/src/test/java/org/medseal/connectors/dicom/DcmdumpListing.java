package org.medseal.connectors.dicom;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What dcmdump printed with {@code +L -Un}, a character a byte, as {@link Listing} has it. Group
 * lengths, which nobody keeps, and delimiters are left out.
 */
final class DcmdumpListing {
  private static final int INDENT = 2;
  private static final Pattern HEAD =
      Pattern.compile("( *)\\(([0-9a-f]{4}),([0-9a-f]{4})\\) (..) (.*)", Pattern.DOTALL);
  private static final Pattern TAIL =
      Pattern.compile("(.*?) *# *(u/l|\\d+), *\\d+ [^#\\n]*", Pattern.DOTALL);
  private static final Pattern CONTAINER =
      Pattern.compile("\\((?:Sequence|Item|PixelSequence).*#=(\\d+)\\).*", Pattern.DOTALL);
  private static final String EMPTY = "(no value available)";

  /** What is being printed: a sequence's place, and the number of its item. */
  private static final class Open {
    private final String place;
    private int next;

    Open(String place) {
      this.place = place;
    }
  }

  private final Map<String, Listing.Row> rows = new LinkedHashMap<>();
  private final Deque<Open> open = new ArrayDeque<>();

  private DcmdumpListing() {}

  static Map<String, Listing.Row> of(String output) {
    DcmdumpListing listing = new DcmdumpListing();
    String entry = "";
    for (String line : output.split("\n", -1)) {
      entry = entry.isEmpty() ? line : entry + "\n" + line;
      Matcher head = HEAD.matcher(entry);
      if (!head.matches()) {
        entry = ""; // a heading
        continue;
      }
      Matcher tail = TAIL.matcher(head.group(5));
      if (tail.matches()) {
        listing.add(head, tail.group(1), tail.group(2));
        entry = "";
      } // else the value goes on in the next line
    }
    return listing.rows;
  }

  private void add(Matcher head, String value, String length) {
    String tag = ("(" + head.group(2) + "," + head.group(3) + ")").toUpperCase(Locale.ROOT);
    if (tag.equals("(FFFE,E00D)") || tag.equals("(FFFE,E0DD)") || tag.endsWith(",0000)")) {
      return;
    }
    int depth = head.group(1).length() / INDENT;
    while (open.size() > depth) {
      open.pop();
    }
    String vr = head.group(4).equals("??") ? "UN" : head.group(4);
    if (vr.equals("na")) {
      Open sequence = open.element();
      open.push(new Open(sequence.place + "[" + sequence.next++ + "]"));
      return;
    }
    if (vr.equals("pi")) {
      Open pixels = open.element();
      rows.put(pixels.place + "[" + pixels.next++ + "]", row(vr, value, length));
      return;
    }
    String place = open.isEmpty() ? tag : open.element().place + "." + tag;
    Matcher container = CONTAINER.matcher(value);
    boolean holds = container.matches() && (vr.equals("SQ") || value.startsWith("(PixelSeq"));
    rows.put(
        place,
        holds
            ? Listing.container(vr, Integer.parseInt(container.group(1)))
            : row(vr, value, length));
    if (holds) {
      open.push(new Open(place));
    }
  }

  private static Listing.Row row(String vr, String printed, String length) {
    String value = printed;
    if (printed.equals(EMPTY)) {
      value = "";
    } else if (printed.startsWith("[")) {
      value = Listing.text(printed.substring(1, printed.lastIndexOf(']')));
    } else if (vr.equals("FL") || vr.equals("FD")) {
      value = numbers(vr, printed);
    }
    return new Listing.Row(vr, Long.parseLong(length), value, new byte[0]);
  }

  /** As Java prints the same numbers. */
  private static String numbers(String vr, String printed) {
    StringBuilder numbers = new StringBuilder();
    for (String number : printed.split("\\\\", -1)) {
      numbers.append(numbers.length() == 0 ? "" : "\\");
      numbers.append(
          vr.equals("FL")
              ? String.valueOf(Float.parseFloat(number))
              : String.valueOf(Double.parseDouble(number)));
    }
    return numbers.toString();
  }
}
