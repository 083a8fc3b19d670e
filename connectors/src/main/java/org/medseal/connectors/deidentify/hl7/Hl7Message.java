package org.medseal.connectors.deidentify.hl7;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A parsed HL7 v2 message of any version. CR, LF and CRLF end segments; a line that is no segment
 * continues the text before it, as senders with bare line feeds in their texts produce.
 */
public record Hl7Message(Delimiters delimiters, List<Segment> segments) {

  public Hl7Message {
    segments = List.copyOf(segments);
  }

  /** By the character set it declares, else UTF-8; empty for what is no single message. */
  public static Optional<Hl7Message> read(byte[] raw) {
    return Hl7Charset.decode(raw, Optional.empty())
        .flatMap(decoded -> parse(decoded.text(), decoded.charset()));
  }

  /**
   * Empty if the text does not begin with a usable MSH, holds a second one, or goes on after a
   * segment that is a name only.
   */
  static Optional<Hl7Message> parse(String text, Charset charset) {
    Optional<Delimiters> found = Delimiters.of(text);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Delimiters d = found.get();
    List<Segment> segments = new ArrayList<>();
    for (String line : lines(text, d)) {
      Optional<Segment> segment = Segment.parse(line, d, charset);
      if (segment.filter(s -> segments.isEmpty() || !s.name().equals("MSH")).isEmpty()) {
        return Optional.empty();
      }
      segments.add(segment.get());
    }
    return Optional.of(new Hl7Message(d, segments));
  }

  private static List<String> lines(String text, Delimiters d) {
    List<StringBuilder> lines = new ArrayList<>();
    text.lines()
        .map(Hl7Message::trimmed)
        .forEach(
            line -> {
              if (Segment.begins(line, d.field())) {
                lines.add(new StringBuilder(line));
              } else if (!line.isBlank()) {
                lines.get(lines.size() - 1).append('\n').append(line);
              }
            });
    return lines.stream().map(StringBuilder::toString).toList();
  }

  /** White space and control characters before a segment id mean nothing. */
  private static String trimmed(String line) {
    int from = 0;
    while (from < line.length() && line.charAt(from) <= ' ') {
      from++;
    }
    return line.substring(from);
  }

  public Segment msh() {
    return segments.get(0);
  }

  List<Segment> all(String name) {
    return segments.stream().filter(s -> s.name().equals(name)).toList();
  }

  /** Segments end with CR (chapter 2 section 2.5.1). */
  String render() {
    StringBuilder out = new StringBuilder();
    for (Segment segment : segments) {
      out.append(segment.render(delimiters)).append('\r');
    }
    return out.toString();
  }
}
