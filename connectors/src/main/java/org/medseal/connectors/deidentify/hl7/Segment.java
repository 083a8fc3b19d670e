package org.medseal.connectors.deidentify.hl7;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One segment; field positions count from 1, in MSH the field separator being MSH-1. */
public record Segment(String name, List<Field> fields) {

  public Segment {
    fields = List.copyOf(fields);
  }

  /** Empty if the line does not begin with a segment id and a field separator. */
  static Optional<Segment> parse(String line, Delimiters d, Charset charset) {
    if (!begins(line, d.field())) {
      return Optional.empty();
    }
    String name = line.substring(0, 3);
    List<String> raw = Field.split(line, d.field());
    List<Field> fields = new ArrayList<>(raw.size() + 1);
    boolean msh = name.equals("MSH");
    if (msh) {
      fields.add(Field.of(String.valueOf(d.field())));
    }
    for (int i = 1; i < raw.size(); i++) {
      fields.add(msh && i == 1 ? Field.of(d.msh2()) : Field.parse(raw.get(i), d, charset));
    }
    return Optional.of(new Segment(name, fields));
  }

  static boolean begins(String line, char fieldSeparator) {
    if (line.length() < 3 || (line.length() > 3 && line.charAt(3) != fieldSeparator)) {
      return false;
    }
    for (int i = 0; i < 3; i++) {
      char c = line.charAt(i);
      boolean upper = c >= 'A' && c <= 'Z';
      if (!upper && (i == 0 || c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  public Field field(int position) {
    return position <= fields.size() ? fields.get(position - 1) : Field.EMPTY;
  }

  String render(Delimiters d) {
    StringBuilder out = new StringBuilder(name);
    boolean msh = name.equals("MSH");
    int end = out.length();
    for (int i = msh ? 2 : 1; i <= fields.size(); i++) {
      String field = msh && i == 2 ? d.msh2() : field(i).render(d);
      out.append(d.field()).append(field);
      end = field.isEmpty() ? end : out.length();
    }
    out.setLength(end);
    return out.toString();
  }
}
