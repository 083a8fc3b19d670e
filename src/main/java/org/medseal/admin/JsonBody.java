package org.medseal.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A call's body: one JSON object, as a rule with known fields only. All else answers 400. */
final class JsonBody {
  private final JsonNode object;

  private JsonBody(JsonNode object) {
    this.object = object;
  }

  static JsonBody none() {
    return new JsonBody(Json.object());
  }

  /** Whatever fields there are. */
  static JsonBody parse(byte[] body) {
    JsonNode node = read(body);
    if (!node.isObject()) {
      throw refused("The body is one JSON object.");
    }
    return new JsonBody(node);
  }

  static JsonBody parse(byte[] body, Set<String> fields) {
    JsonBody parsed = parse(body);
    Iterator<String> names = parsed.object.fieldNames();
    while (names.hasNext()) {
      if (!fields.contains(names.next())) {
        throw refused("The body has a field that is not one of " + new TreeSet<>(fields) + ".");
      }
    }
    return parsed;
  }

  boolean has(String field) {
    return object.hasNonNull(field);
  }

  private static JsonNode read(byte[] body) {
    try {
      return Json.MAPPER.readTree(body);
    } catch (IOException e) {
      throw refused("The body is not JSON.");
    }
  }

  String text(String field) {
    JsonNode value = object.path(field);
    if (!value.isTextual()) {
      throw refused("The field '" + field + "' is needed and is text.");
    }
    return value.textValue();
  }

  /** Whole, 0 or more. */
  long number(String field) {
    JsonNode value = object.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw refused("The field '" + field + "' is needed and is a whole number, 0 or more.");
    }
    return value.longValue();
  }

  /** False when absent or null. */
  boolean flag(String field) {
    JsonNode value = object.path(field);
    if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
      throw refused("The field '" + field + "' is true or false.");
    }
    return value.asBoolean(false);
  }

  /** Empty when absent or null. */
  String textOrEmpty(String field) {
    JsonNode value = object.path(field);
    return value.isMissingNode() || value.isNull() ? "" : text(field);
  }

  List<String> texts(String field) {
    JsonNode value = object.path(field);
    List<String> all = new ArrayList<>();
    for (JsonNode each : value) {
      if (each.isTextual()) {
        all.add(each.textValue());
      }
    }
    if (!value.isArray() || all.size() != value.size()) {
      throw refused("The field '" + field + "' is needed and is an array of texts.");
    }
    return all;
  }

  private static ProblemException refused(String detail) {
    return new ProblemException(Problem.badRequest(detail));
  }
}
