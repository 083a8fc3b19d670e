package org.medseal.bench.deid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.medseal.connectors.deidentify.Format;

/**
 * What identifies somebody in the standard places of a real message, with the place. Latin words
 * under four letters and numbers under six digits are left out, as the reference says.
 */
final class CaseIdentity {
  private static final int SHORTEST_WORD = 4;
  private static final int SHORTEST_NUMBER = 6;
  private static final int SHORTEST_HAN = 2;

  /** Fields and how many of their components, from the first on, identify. */
  private static final Map<String, Integer> FIELDS =
      Map.ofEntries(
          Map.entry("PID-3", 1),
          Map.entry("PID-4", 1),
          Map.entry("PID-5", 3),
          Map.entry("PID-6", 3),
          Map.entry("PID-7", 1),
          Map.entry("PID-9", 3),
          Map.entry("PID-11", 2),
          Map.entry("PID-13", 1),
          Map.entry("PID-14", 1),
          Map.entry("PID-18", 1),
          Map.entry("PID-19", 1),
          Map.entry("PID-20", 1),
          Map.entry("MRG-1", 1),
          Map.entry("NK1-2", 3),
          Map.entry("NK1-4", 2),
          Map.entry("NK1-5", 1),
          Map.entry("GT1-3", 3),
          Map.entry("GT1-5", 2),
          Map.entry("IN1-16", 3),
          Map.entry("IN1-36", 1),
          Map.entry("PV1-7", 3),
          Map.entry("PV1-8", 3),
          Map.entry("PV1-9", 3),
          Map.entry("PV1-17", 3),
          Map.entry("PV1-19", 1),
          Map.entry("ORC-2", 1),
          Map.entry("ORC-3", 1),
          Map.entry("ORC-12", 3),
          Map.entry("OBR-16", 3),
          Map.entry("OBR-2", 1),
          Map.entry("OBR-3", 1));

  private static final Set<String> PEOPLE =
      Set.of("Patient", "Practitioner", "RelatedPerson", "Person");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> found = new TreeMap<>();

  private CaseIdentity() {}

  /** Values with their places. A FHIR source is JSON. */
  static Map<String, String> of(Format format, String source) {
    CaseIdentity identity = new CaseIdentity();
    if (format == Format.HL7V2) {
      identity.hl7(Hl7Text.of(source));
    } else {
      identity.fhir(source);
    }
    return identity.found;
  }

  private void hl7(Hl7Text message) {
    message
        .segments()
        .forEach(
            segment ->
                FIELDS.forEach(
                    (path, components) -> {
                      String[] at = path.split("-", -1);
                      if (segment.name().equals(at[0])) {
                        segment
                            .field(Integer.parseInt(at[1]))
                            .forEach(r -> components(message, path, r, components));
                      }
                    }));
  }

  private void components(Hl7Text message, String path, List<String> repetition, int count) {
    repetition.stream()
        .limit(count)
        .flatMap(c -> message.subcomponents(c).stream())
        .forEach(value -> add(path, value));
  }

  private void fhir(String source) {
    try {
      visit(JSON.readTree(source), "");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON", e);
    }
  }

  private void visit(JsonNode node, String type) {
    String inner = node.path("resourceType").asText(type);
    if (PEOPLE.contains(inner)) {
      node.path("name").forEach(name -> name(inner, name));
      node.path("telecom").forEach(t -> add(inner + ".telecom", t.path("value").asText()));
      node.path("address")
          .forEach(a -> a.path("line").forEach(line -> add(inner + ".address", line.asText())));
      add(inner + ".birthDate", node.path("birthDate").asText());
    }
    node.path("identifier").forEach(i -> add(inner + ".identifier", i.path("value").asText()));
    node.forEach(child -> visit(child, inner));
  }

  private void name(String type, JsonNode name) {
    add(type + ".name", name.path("family").asText());
    name.path("given").forEach(given -> add(type + ".name", given.asText()));
  }

  private void add(String place, String text) {
    String value = text.strip();
    boolean number = value.chars().noneMatch(Character::isLetter);
    boolean han = value.codePoints().anyMatch(Character::isIdeographic);
    int shortest = han ? SHORTEST_HAN : number ? SHORTEST_NUMBER : SHORTEST_WORD;
    if (value.codePoints().filter(Character::isLetterOrDigit).count() >= shortest) {
      found.putIfAbsent(value, place);
    }
  }
}
