package org.medseal.connectors.deidentify.hl7;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an HL7 v2 rule applies: {@code PID}, {@code PID-5}, {@code PID-9..40}, {@code OBX-5[NM,SN]}
 * (by the value type of OBX-2), {@code Z*}, {@code *}.
 */
record Hl7Path(String segment, int from, int to, Set<String> valueTypes) {

  /** No field has a higher number; beyond it no rule applies. */
  static final int LAST = 9_999;

  private static final Pattern FORM =
      Pattern.compile("([A-Z][A-Z0-9]{2})(?:-(\\d{1,3})(?:\\.\\.(\\d{1,3}))?)?(?:\\[([A-Z,]+)])?");

  static Optional<Hl7Path> of(String text) {
    if (text.equals("*") || text.equals("Z*")) {
      return Optional.of(new Hl7Path(text, 1, LAST, Set.of()));
    }
    Matcher m = FORM.matcher(text);
    if (!m.matches() || (m.group(4) != null && !text.startsWith("OBX-5["))) {
      return Optional.empty();
    }
    int from = m.group(2) == null ? 1 : Integer.parseInt(m.group(2));
    int to = m.group(2) == null ? LAST : from;
    if (m.group(3) != null) {
      to = Integer.parseInt(m.group(3));
    }
    Set<String> types = m.group(4) == null ? Set.of() : Set.of(m.group(4).split(",", -1));
    return from < 1 || to < from
        ? Optional.empty()
        : Optional.of(new Hl7Path(m.group(1), from, to, types));
  }

  boolean matches(String name, int field, String valueType) {
    boolean inSegment =
        switch (segment) {
          case "*" -> true;
          case "Z*" -> name.startsWith("Z");
          default -> segment.equals(name);
        };
    return inSegment
        && field >= from
        && field <= to
        && (valueTypes.isEmpty() || valueTypes.contains(valueType));
  }
}
