package org.medseal.bench.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes of the tree of a FHIR resource in JSON, and sometimes of its bytes. */
final class JsonChanges {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DEEPEST = 400;
  private static final String[] VALUES = {
    "",
    " ",
    "Patient/1",
    "urn:uuid:",
    "#p",
    "2026-02-30",
    "0000",
    "2026-01-01T25:00:00+99:99",
    "1e999",
    "<div xmlns=\"http://www.w3.org/1999/xhtml\"><b>x</div>",
    "<!DOCTYPE a>",
    "\u0000",
    "\ud800",
    "Bundle",
    "Patient",
    "Observation",
    "Nobody",
    "http://hl7.org/fhir/sid/us-ssn",
    "data:;base64,AAAA",
    "-0"
  };
  private static final String[] NAMES = {
    "resourceType",
    "id",
    "identifier",
    "reference",
    "extension",
    "contained",
    "text",
    "div",
    "entry",
    "meta",
    "subject",
    "_birthDate",
    "valueDateTime",
    "url",
    "data"
  };

  private JsonChanges() {}

  static byte[] mutate(byte[] seed, byte[] other, Random random) {
    byte[] bytes = seed;
    try {
      JsonNode tree = JSON.readTree(seed);
      JsonNode donor = JSON.readTree(other);
      if (tree instanceof ObjectNode || tree instanceof ArrayNode) {
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
          change(tree, donor, random);
        }
        bytes = JSON.writeValueAsBytes(tree);
      }
    } catch (JsonProcessingException e) {
      bytes = ByteChanges.change(seed, other, random); // a seed that is broken by design
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return random.nextInt(5) == 0 ? ByteChanges.change(bytes, other, random) : bytes;
  }

  private static void change(JsonNode tree, JsonNode donor, Random random) {
    List<JsonNode> places = new ArrayList<>();
    containers(tree, places);
    List<JsonNode> gifts = new ArrayList<>();
    containers(donor, gifts);
    JsonNode place = places.get(random.nextInt(places.size()));
    JsonNode gift = gift(gifts, random);
    if (place instanceof ObjectNode object) {
      inObject(object, gift, random);
    } else if (place instanceof ArrayNode array) {
      inArray(array, gift, random);
    }
  }

  private static void inObject(ObjectNode object, JsonNode gift, Random random) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    if (names.isEmpty() || random.nextInt(5) == 0) {
      object.set(NAMES[random.nextInt(NAMES.length)], gift);
      return;
    }
    String name = names.get(random.nextInt(names.size()));
    switch (random.nextInt(4)) {
      case 0 -> object.remove(name);
      case 1 -> object.set(name, JSON.createArrayNode().add(object.get(name)));
      case 2 -> object.set("_" + name, object.get(name).deepCopy());
      default -> object.set(name, gift);
    }
  }

  private static void inArray(ArrayNode array, JsonNode gift, Random random) {
    if (array.isEmpty() || random.nextInt(3) == 0) {
      array.add(gift);
      return;
    }
    int at = random.nextInt(array.size());
    switch (random.nextInt(3)) {
      case 0 -> array.remove(at);
      case 1 -> array.add(array.get(at).deepCopy());
      default -> array.set(at, gift);
    }
  }

  private static JsonNode gift(List<JsonNode> gifts, Random random) {
    return switch (random.nextInt(8)) {
      case 0 ->
          gifts.isEmpty() ? JSON.nullNode() : gifts.get(random.nextInt(gifts.size())).deepCopy();
      case 1 -> JSON.nullNode();
      case 2 -> JSON.getNodeFactory().numberNode(random.nextLong());
      case 3 -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
      case 4 -> random.nextInt(50) == 0 ? deep(random.nextInt(DEEPEST)) : JSON.createObjectNode();
      default -> TextNode.valueOf(VALUES[random.nextInt(VALUES.length)]);
    };
  }

  private static JsonNode deep(int levels) {
    JsonNode inner = JSON.createObjectNode();
    for (int i = 0; i < levels; i++) {
      inner = JSON.createObjectNode().set("extension", JSON.createArrayNode().add(inner));
    }
    return inner;
  }

  private static void containers(JsonNode node, List<JsonNode> into) {
    if (node.isContainerNode()) {
      into.add(node);
      node.forEach(child -> containers(child, into));
    }
  }
}
