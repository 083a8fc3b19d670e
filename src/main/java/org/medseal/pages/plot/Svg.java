package org.medseal.pages.plot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes one SVG. Names of elements and attributes are the program's own; every value and text is
 * escaped here and nowhere else.
 */
final class Svg {
  private final StringBuilder out = new StringBuilder(4096);
  private final Deque<String> open = new ArrayDeque<>();

  /** Attributes are pairs of name and value; numbers get one decimal at most. */
  Svg open(String element, Object... attributes) {
    tag(element, attributes).append('>');
    open.push(element);
    return this;
  }

  Svg empty(String element, Object... attributes) {
    tag(element, attributes).append("/>");
    return this;
  }

  Svg text(String text) {
    escape(text);
    return this;
  }

  /** An element with nothing but text in it. */
  Svg leaf(String element, String text, Object... attributes) {
    return open(element, attributes).text(text).close();
  }

  Svg close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** The whole; IllegalStateException while an element is open. */
  String done() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("an element is still open: " + open.peek());
    }
    return out.toString();
  }

  private StringBuilder tag(String element, Object... attributes) {
    if (attributes.length % 2 != 0) {
      throw new IllegalArgumentException("an attribute of " + element + " has no value");
    }
    out.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      Object value = attributes[i + 1];
      escape(value instanceof Double number ? number(number) : String.valueOf(value));
      out.append('"');
    }
    return out;
  }

  /** To a tenth of a unit, without a trailing zero. */
  static String number(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  private void escape(String text) {
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(allowed(point) ? point : 0xFFFD);
              }
            });
  }

  /** What XML 1.0 section 2.2 lets stand in a document. */
  private static boolean allowed(int point) {
    return point == '\t'
        || point == '\n'
        || (point >= 0x20 && point < 0xD800)
        || (point >= 0xE000 && point <= 0x10FFFF && point != 0xFFFE && point != 0xFFFF);
  }
}
