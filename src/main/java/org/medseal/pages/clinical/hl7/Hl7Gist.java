package org.medseal.pages.clinical.hl7;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medseal.connectors.deidentify.hl7.Field;
import org.medseal.connectors.deidentify.hl7.Segment;
import org.medseal.pages.clinical.shown.ShownText;
import org.medseal.pages.clinical.shown.ShownTime;

/** What a segment says, in a line: what a reader looks for before the fields. */
final class Hl7Gist {
  private static final int MOST_CHARACTERS = 160;
  private static final int MOST_VALUE = 400;

  private Hl7Gist() {}

  /** Empty for segments that have no such line. */
  static ShownText of(Segment s) {
    return ShownText.of(line(s), MOST_CHARACTERS);
  }

  private static String line(Segment s) {
    return switch (s.name()) {
      case "MSH" -> join(" · ", messageType(s), time(s, 7));
      case "EVN" -> join(" · ", text(s, 1), time(s, 2));
      case "PID" -> join(" · ", text(s, 8), time(s, 7));
      case "PV1" -> join(" · ", text(s, 2), text(s, 10), time(s, 44));
      case "ORC" -> join(" · ", text(s, 1), text(s, 5), time(s, 9));
      case "OBR" -> join(" · ", coded(s, 4), time(s, 7));
      case "OBX" -> join(" ", coded(s, 3) + ":", value(s), coded(s, 6), range(s), text(s, 8));
      case "NTE" -> text(s, 3);
      case "AL1", "IAM" -> join(" · ", coded(s, 3), coded(s, 4), text(s, 5));
      case "DG1" -> join(" · ", coded(s, 3), text(s, 4), time(s, 5));
      case "PR1" -> join(" · ", coded(s, 3), text(s, 4), time(s, 5));
      case "RXA" -> join(" · ", coded(s, 5), join(" ", text(s, 6), coded(s, 7)), time(s, 3));
      case "RXO" -> join(" · ", coded(s, 1), join(" ", text(s, 2), coded(s, 4)));
      case "RXE", "RXD" -> join(" · ", coded(s, 2), join(" ", text(s, 3), coded(s, 5)));
      case "RXC" -> join(" · ", coded(s, 2), join(" ", text(s, 3), coded(s, 4)));
      case "RXR" -> join(" · ", coded(s, 1), coded(s, 2));
      case "SPM" -> join(" · ", coded(s, 4), time(s, 17));
      case "TXA" -> join(" · ", coded(s, 2), time(s, 4));
      case "SCH" -> join(" · ", coded(s, 7), coded(s, 8));
      case "AIS" -> join(" · ", coded(s, 3), time(s, 4));
      default -> "";
    };
  }

  /** One line for each OBX, the orders' names above theirs. */
  static List<Hl7Result> results(List<Segment> segments) {
    List<Hl7Result> results = new ArrayList<>();
    String order = "";
    for (Segment s : segments) {
      if (s.name().equals("OBR")) {
        order = coded(s, 4);
      } else if (s.name().equals("OBX")) {
        results.add(result(order, s));
        order = "";
      }
    }
    return results;
  }

  private static Hl7Result result(String order, Segment s) {
    return new Hl7Result(
        shown(order),
        shown(coded(s, 3)),
        shown(value(s)),
        shown(coded(s, 6)),
        shown(text(s, 7)),
        shown(text(s, 8)),
        shown(time(s, 14)),
        shown(text(s, 11)));
  }

  private static ShownText shown(String value) {
    return ShownText.of(value, MOST_VALUE);
  }

  private static String messageType(Segment s) {
    Field.Repetition type = s.field(9).first();
    return join("^", type.text(1), type.text(2));
  }

  private static String range(Segment s) {
    String range = text(s, 7);
    return range.isEmpty() ? "" : "(" + range + ")";
  }

  /** OBX-5 by its type in OBX-2: what is no text is named by its type alone. */
  private static String value(Segment s) {
    String type = s.field(2).first().text(1);
    return switch (type) {
      case "ED", "RP" -> "[" + join(" ", type, s.field(5).first().text(2)) + "]";
      case "SN" ->
          s.field(5).repetitions().stream()
              .map(each -> join(" ", components(each)))
              .collect(Collectors.joining(", "));
      default ->
          s.field(5).repetitions().stream()
              .map(each -> type.equals("TS") || type.equals("DT") ? clock(each) : named(each))
              .filter(each -> !each.isEmpty())
              .collect(Collectors.joining("\n"));
    };
  }

  private static String[] components(Field.Repetition repetition) {
    return repetition.components().stream().map(c -> c.sub(1)).toArray(String[]::new);
  }

  private static String clock(Field.Repetition repetition) {
    return ShownTime.of(repetition.text(1));
  }

  private static String coded(Segment s, int position) {
    return named(s.field(position).first());
  }

  /** Of a coded value its text, or its code where there is no text. */
  private static String named(Field.Repetition repetition) {
    String text = repetition.text(2);
    return text.isEmpty() ? repetition.text(1) : text;
  }

  private static String text(Segment s, int position) {
    return s.field(position).first().text(1);
  }

  private static String time(Segment s, int position) {
    return ShownTime.of(text(s, position));
  }

  private static String join(String between, String... parts) {
    return Stream.of(parts)
        .filter(part -> !part.isEmpty() && !part.equals(":"))
        .collect(Collectors.joining(between));
  }
}
