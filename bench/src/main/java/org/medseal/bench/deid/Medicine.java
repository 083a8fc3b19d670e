package org.medseal.bench.deid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The codes of public systems and the numbers a message holds as results, read without the
 * de-identifier's own parsers. Entries are spelled by {@link PublicSystem}.
 */
final class Medicine {
  private static final Set<String> SEGMENTS =
      Set.of(
          "OBR", "OBX", "DG1", "PR1", "AL1", "IAM", "RXA", "RXE", "RXO", "RXD", "RXG", "RXC", "SPM",
          "PRB", "GOL");

  /** Resources about people, places and machines, which no record holds. */
  private static final Set<String> NOT_MEDICINE =
      Set.of(
          "Practitioner",
          "PractitionerRole",
          "Organization",
          "Location",
          "HealthcareService",
          "Endpoint",
          "Device",
          "Person",
          "Provenance",
          "AuditEvent");

  private static final Set<String> SKIPPED =
      Set.of("extension", "modifierExtension", "meta", "text");

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private final List<String> found = new ArrayList<>();

  private Medicine() {}

  static List<String> ofHl7(String text) {
    Medicine medicine = new Medicine();
    Hl7Text.of(text).segments().filter(s -> SEGMENTS.contains(s.name())).forEach(medicine::segment);
    return medicine.found;
  }

  private void segment(Hl7Text.Line segment) {
    for (int i = 1; i <= segment.fieldCount(); i++) {
      for (List<String> repetition : segment.field(i)) {
        coding(repetition, 0);
        coding(repetition, 3);
      }
    }
    switch (segment.name()) {
      case "OBX" -> result(segment);
      case "RXA" -> segment.field(6).forEach(r -> number(r.get(0)));
      default -> {
        // Codes only.
      }
    }
  }

  private void result(Hl7Text.Line obx) {
    String type = obx.text(2);
    for (List<String> value : obx.field(5)) {
      if (type.equals("NM")) {
        number(value.get(0));
      } else if (type.equals("SN")) {
        number(value.size() > 1 ? value.get(1) : "");
        number(value.size() > 3 ? value.get(3) : "");
      }
    }
  }

  private void coding(List<String> components, int from) {
    if (components.size() > from + 2 && !components.get(from).isBlank()) {
      PublicSystem.hl7(components.get(from + 2).strip())
          .ifPresent(s -> found.add(s.entry(components.get(from).strip())));
    }
  }

  private void number(String text) {
    if (text.strip().matches("[+-]?\\d+(\\.\\d*)?|[+-]?\\.\\d+")) {
      found.add(PublicSystem.number(text.strip()));
    }
  }

  static List<String> ofFhir(String json) {
    Medicine medicine = new Medicine();
    try {
      medicine.visit(JSON.readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON", e);
    }
    return medicine.found;
  }

  private void visit(JsonNode node) {
    if (NOT_MEDICINE.contains(node.path("resourceType").asText())) {
      return;
    }
    boolean quantity = node.path("value").isNumber() && (node.has("unit") || node.has("code"));
    if (quantity) {
      number(node.get("value").decimalValue().toPlainString());
    } else if (node.path("code").isTextual() && node.path("system").isTextual()) {
      PublicSystem.fhir(node.get("system").asText())
          .ifPresent(s -> found.add(s.entry(node.get("code").asText().strip())));
    }
    node.properties().stream()
        .filter(field -> !SKIPPED.contains(field.getKey()))
        .forEach(field -> visit(field.getValue()));
    if (node.isArray()) {
      node.forEach(this::visit);
    }
  }
}
