package org.medseal.pages.clinical.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.medseal.pages.clinical.shown.ShownText;

/** What stands above a card: what the resource is about, what it found, where it stands. */
final class Titles {
  private static final int MOST_CHARACTERS = 300;
  private static final List<String> ABOUT =
      List.of(
          "code",
          "vaccineCode",
          "medicationCodeableConcept",
          "title",
          "type",
          "name",
          "description",
          "serviceType",
          "category",
          "deviceName",
          "class");

  private Titles() {}

  /** Empty where the resource says nothing of the kind. */
  static ShownText title(JsonNode resource) {
    return shown(
        ABOUT.stream()
            .map(resource::path)
            .map(Titles::about)
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse(""));
  }

  private static String about(JsonNode node) {
    if (node.isArray()) {
      return node.isEmpty() ? "" : about(node.get(0));
    }
    if (node.isTextual()) {
      return node.asText();
    }
    return Shapes.isHumanName(node) ? Shapes.humanName(node) : Shapes.concept(node);
  }

  static ShownText status(JsonNode resource) {
    JsonNode status = resource.path("status");
    return shown(
        status.isTextual() ? status.asText() : Shapes.concept(resource.path("clinicalStatus")));
  }

  /** Of an observation; empty for resources without a value. */
  static Card.Gist gist(JsonNode resource) {
    return new Card.Gist(
        shown(value(resource)),
        shown(each(resource.path("referenceRange"), Titles::range)),
        shown(each(resource.path("interpretation"), Shapes::concept)));
  }

  private static String value(JsonNode resource) {
    List<String> values = new ArrayList<>();
    resource
        .properties()
        .forEach(
            field -> {
              if (field.getKey().matches("value[A-Z][A-Za-z]+")) {
                Shapes.inline(field.getValue()).ifPresent(values::add);
              }
            });
    return String.join(", ", values);
  }

  static String range(JsonNode range) {
    String bounds = Shapes.range(range);
    return bounds.isEmpty() ? range.path("text").asText() : bounds;
  }

  private static String each(JsonNode array, java.util.function.Function<JsonNode, String> text) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(text)
        .filter(one -> !one.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static ShownText shown(String text) {
    return ShownText.of(text, MOST_CHARACTERS);
  }
}
