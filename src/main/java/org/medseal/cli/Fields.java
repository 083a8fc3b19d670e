package org.medseal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/** A JSON object for people, a line each. */
final class Fields {
  private Fields() {}

  /** Values and lists of values; what is deeper is for {@code --json}. */
  static void print(PrintWriter out, JsonNode object) {
    object
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isValueNode()) {
                out.printf("%-16s %s%n", field.getKey(), field.getValue().asText());
              } else if (field.getValue().isArray()) {
                field.getValue().forEach(each -> line(out, field.getKey(), each));
              }
            });
  }

  private static void line(PrintWriter out, String name, JsonNode value) {
    if (value.isValueNode()) {
      out.printf("%-16s %s%n", name, value.asText());
    }
  }
}
