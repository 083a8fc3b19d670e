package org.medseal.bench.deid;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An HL7 v2 message cut at its own delimiters; escapes stay as they are. */
record Hl7Text(String text, char field, char component, char repetition, char subcomponent) {

  /** One segment; fields count from 1 as in the standard. */
  record Line(Hl7Text message, List<String> parts) {
    String name() {
      return parts.get(0);
    }

    int fieldCount() {
      return parts.size() - 1;
    }

    /** Repetitions with their components; MSH-1 and MSH-2 are not asked for. */
    List<List<String>> field(int number) {
      int at = name().equals("MSH") ? number - 1 : number;
      String value = at < parts.size() ? parts.get(at) : "";
      return split(value, message.repetition).stream()
          .map(r -> split(r, message.component))
          .toList();
    }

    /** First component of the first repetition. */
    String text(int number) {
      return field(number).get(0).get(0);
    }
  }

  /** The text begins with MSH and its delimiters. */
  static Hl7Text of(String text) {
    String head = text.substring(text.indexOf("MSH"));
    return new Hl7Text(head, head.charAt(3), head.charAt(4), head.charAt(5), head.charAt(7));
  }

  Stream<Line> segments() {
    return Arrays.stream(text.split("[\\r\\n]+"))
        .map(line -> new Line(this, split(line, field)))
        .filter(line -> !line.name().isBlank());
  }

  List<String> subcomponents(String component) {
    return split(component, subcomponent);
  }

  private static List<String> split(String value, char at) {
    return List.of(value.split(Pattern.quote(String.valueOf(at)), -1));
  }
}
