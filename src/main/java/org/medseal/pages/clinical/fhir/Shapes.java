package org.medseal.pages.clinical.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Data types of FHIR R4 known by their shape, since JSON does not name them, as a line of text
 * each. Whatever a sender put into them: numbers and words alike become text.
 */
final class Shapes {
  private Shapes() {}

  /** Empty for what has too many parts for a line. */
  static Optional<String> inline(JsonNode node) {
    if (node.isValueNode()) {
      return Optional.of(node.asText());
    }
    if (!node.isObject()) {
      return Optional.empty();
    }
    if (isQuantity(node)) {
      return Optional.of(quantity(node));
    }
    if (node.has("coding") || isCoding(node) || isOnly(node, "text")) {
      return Optional.of(concept(node));
    }
    if (isOnly(node, "start", "end")) {
      return Optional.of(period(node));
    }
    if (isOnly(node, "low", "high")) {
      return Optional.of(range(node));
    }
    if (isOnly(node, "numerator", "denominator")) {
      return Optional.of(
          quantity(node.path("numerator")) + " / " + quantity(node.path("denominator")));
    }
    if (isHumanName(node)) {
      return Optional.of(humanName(node));
    }
    return named(node);
  }

  private static Optional<String> named(JsonNode node) {
    if (node.has("city") || node.has("line") || node.has("postalCode")) {
      return Optional.of(address(node));
    }
    if (node.has("value") && (node.has("system") || node.has("use") || isOnly(node, "value"))) {
      return Optional.of(join(" ", node.path("value").asText(), bracketed(node.path("system"))));
    }
    if (node.has("contentType") && (node.has("data") || node.has("url") || node.has("size"))) {
      return Optional.of(attachment(node));
    }
    if (node.has("text") && (node.has("time") || node.has("authorString"))) {
      return Optional.of(
          join(" · ", node.path("text").asText(), node.path("authorString").asText(), at(node)));
    }
    return node.has("origin") && node.has("data") ? Optional.of(sampled(node)) : Optional.empty();
  }

  static boolean isReference(JsonNode node) {
    return node.path("reference").isTextual()
        || (node.has("display") && isOnly(node, "display", "type", "identifier"));
  }

  static boolean isHumanName(JsonNode node) {
    return node.has("family") || node.has("given");
  }

  static boolean isQuantity(JsonNode node) {
    return node.has("value") && (node.path("value").isNumber() || node.has("unit"));
  }

  private static boolean isCoding(JsonNode node) {
    return node.has("code") && isOnly(node, "system", "version", "code", "display", "userSelected");
  }

  /** Nothing else than these and what every element may have. */
  static boolean isOnly(JsonNode node, String... fields) {
    List<String> allowed = new ArrayList<>(List.of(fields));
    allowed.add("id");
    allowed.add("extension");
    Iterator<String> present = node.fieldNames();
    boolean any = false;
    while (present.hasNext()) {
      String name = present.next();
      if (!allowed.contains(name)) {
        return false;
      }
      any = true;
    }
    return any;
  }

  /** Of a CodeableConcept or Coding its words, else its code. */
  static String concept(JsonNode node) {
    if (node.path("text").isTextual() && !node.path("text").asText().isEmpty()) {
      return node.path("text").asText();
    }
    JsonNode coding = node.has("coding") ? node.path("coding").path(0) : node;
    String display = coding.path("display").asText();
    return display.isEmpty() ? coding.path("code").asText() : display;
  }

  /** Code and system of all codings. */
  static String codes(JsonNode node) {
    JsonNode codings = node.path("coding");
    Stream<JsonNode> all =
        codings.isArray() ? StreamSupport.stream(codings.spliterator(), false) : Stream.of(node);
    return all.filter(coding -> coding.has("code"))
        .map(coding -> join(" ", coding.path("code").asText(), bracketed(coding.path("system"))))
        .collect(Collectors.joining(", "));
  }

  static String quantity(JsonNode node) {
    String unit = node.path("unit").asText();
    return join(
        " ",
        node.path("comparator").asText() + node.path("value").asText(),
        unit.isEmpty() ? node.path("code").asText() : unit);
  }

  /** Of Range and of what has a low and a high. */
  static String range(JsonNode node) {
    JsonNode low = node.path("low");
    JsonNode high = node.path("high");
    if (low.isMissingNode() && high.isMissingNode()) {
      return "";
    }
    if (low.isMissingNode()) {
      return "≤ " + quantity(high);
    }
    if (high.isMissingNode()) {
      return "≥ " + quantity(low);
    }
    boolean same = unit(low).equals(unit(high));
    return (same ? low.path("value").asText() : quantity(low)) + " – " + quantity(high);
  }

  private static String unit(JsonNode quantity) {
    return join(" ", quantity.path("unit").asText(), quantity.path("code").asText());
  }

  private static String period(JsonNode node) {
    String start = time(node.path("start").asText());
    String end = time(node.path("end").asText());
    return (start.isEmpty() ? "…" : start) + " – " + (end.isEmpty() ? "…" : end);
  }

  static String humanName(JsonNode node) {
    String text = node.path("text").asText();
    return text.isEmpty()
        ? join(
            " ", words(node.path("prefix")), words(node.path("given")), words(node.path("family")))
        : text;
  }

  private static String address(JsonNode node) {
    return join(
        ", ",
        words(node.path("line")),
        words(node.path("city")),
        words(node.path("district")),
        words(node.path("state")),
        words(node.path("postalCode")),
        words(node.path("country")));
  }

  private static String attachment(JsonNode node) {
    int data = node.path("data").asText().length();
    return join(
        " · ",
        node.path("title").asText(),
        node.path("contentType").asText(),
        data > 0 ? data / 4L * 3 + " bytes" : node.path("url").asText());
  }

  private static String sampled(JsonNode node) {
    return join(" ", quantity(node.path("origin")), bracketed(node.path("period"))) + " …";
  }

  private static String at(JsonNode node) {
    return time(node.path("time").asText());
  }

  private static String words(JsonNode node) {
    return node.isArray()
        ? StreamSupport.stream(node.spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(" "))
        : node.asText();
  }

  private static String bracketed(JsonNode node) {
    return node.asText().isEmpty() ? "" : "(" + node.asText() + ")";
  }

  /** A dateTime of FHIR with a blank for its T and without parts of a second. */
  static String time(String text) {
    return text.matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}.*")
        ? text.replace('T', ' ').replaceFirst("(:\\d{2})\\.\\d+", "$1")
        : text;
  }

  static String join(String between, String... parts) {
    return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(between));
  }
}
