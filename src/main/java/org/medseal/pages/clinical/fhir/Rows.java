package org.medseal.pages.clinical.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.medseal.pages.clinical.fhir.Card.Row;
import org.medseal.pages.clinical.fhir.Card.Value;
import org.medseal.pages.clinical.shown.ShownText;

/** Elements of a resource as rows, those a reader looks for first. */
final class Rows {
  static final int MOST_CHARACTERS = 2_000;
  private static final int MOST_ROWS = 400;
  private static final int MOST_VALUES = 100;
  private static final int MOST_DEPTH = 8;
  private static final List<String> FIRST =
      List.of(
          "code",
          "medicationCodeableConcept",
          "vaccineCode",
          "valueQuantity",
          "valueCodeableConcept",
          "component",
          "severity",
          "category",
          "effectiveDateTime",
          "effectivePeriod",
          "performedDateTime",
          "performedPeriod",
          "onsetDateTime",
          "period",
          "authoredOn",
          "issued",
          "date",
          "dosageInstruction",
          "dosage",
          "conclusion",
          "result",
          "subject",
          "patient",
          "encounter");

  private final FhirNames names;
  private final Function<String, Optional<Cards.Link>> links;

  /** {@code links} leads from a reference to the card it means. */
  Rows(FhirNames names, Function<String, Optional<Cards.Link>> links) {
    this.names = names;
    this.links = links;
  }

  FhirNames names() {
    return names;
  }

  void add(List<Row> to, int depth, JsonNode object, Predicate<String> wanted) {
    List<String> fields = new ArrayList<>();
    object.fieldNames().forEachRemaining(fields::add);
    fields.sort(Comparator.comparingInt(Rows::place));
    for (String field : fields) {
      if (to.size() >= MOST_ROWS) {
        return;
      }
      if (wanted.test(field)) {
        element(to, depth, label(field), object.path(field));
      }
    }
  }

  private static int place(String field) {
    int place = FIRST.indexOf(field);
    return place < 0 ? FIRST.size() : place;
  }

  private String label(String field) {
    return names.element(field);
  }

  private void element(List<Row> to, int depth, String label, JsonNode node) {
    List<JsonNode> all = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(all::add);
    } else {
      all.add(node);
    }
    List<Value> values = new ArrayList<>();
    for (JsonNode one : all) {
      Optional<Value> value = value(one);
      if (value.isPresent() && values.size() < MOST_VALUES) {
        values.add(value.get());
      }
    }
    if (!values.isEmpty()) {
      to.add(new Row(depth, label, values));
    }
    for (JsonNode one : all) {
      if (value(one).isEmpty() && !one.isEmpty()) {
        nested(to, depth, label, one);
      }
    }
  }

  private void nested(List<Row> to, int depth, String label, JsonNode object) {
    if (depth >= MOST_DEPTH || to.size() >= MOST_ROWS) {
      to.add(new Row(depth, label, List.of(Cards.value("…", ""))));
      return;
    }
    if (object.isObject() && object.path("url").isTextual()) {
      extension(to, depth, object);
      return;
    }
    to.add(new Row(depth, label, List.of()));
    add(to, depth + 1, object, field -> !field.startsWith("_") && !field.equals("div"));
  }

  /** Named by the last part of its URL, as all the world calls it. */
  private void extension(List<Row> to, int depth, JsonNode extension) {
    String url = extension.path("url").asText();
    String name = ShownText.of(url.substring(url.lastIndexOf('/') + 1), MOST_CHARACTERS).text();
    List<Value> values = new ArrayList<>();
    List<JsonNode> inner = new ArrayList<>();
    extension
        .properties()
        .forEach(
            field -> {
              if (field.getKey().startsWith("value")) {
                value(field.getValue()).ifPresent(values::add);
              } else if (field.getKey().equals("extension")) {
                field.getValue().forEach(inner::add);
              }
            });
    to.add(new Row(depth, name, values));
    inner.forEach(one -> nested(to, depth + 1, name, one));
  }

  /** Empty for what needs rows of its own. */
  private Optional<Value> value(JsonNode node) {
    if (node.isNull()) {
      return Optional.empty();
    }
    if (node.isTextual()) {
      return Optional.of(Cards.value(Shapes.time(node.asText()), ""));
    }
    if (node.isObject() && Shapes.isReference(node)) {
      return Optional.of(reference(node));
    }
    String detail = node.has("coding") ? Shapes.codes(node) : "";
    return Shapes.inline(node).map(text -> Cards.value(text, text.equals(detail) ? "" : detail));
  }

  private Value reference(JsonNode node) {
    String target = node.path("reference").asText();
    Optional<Cards.Link> link = links.apply(target);
    String display = node.path("display").asText();
    String words = display.isEmpty() ? link.map(Cards.Link::title).orElse("") : display;
    return new Value(
        ShownText.of(words.isEmpty() ? target : words, MOST_CHARACTERS),
        ShownText.of(words.isEmpty() ? "" : target, MOST_CHARACTERS),
        link.map(Cards.Link::href).orElse(""));
  }
}
