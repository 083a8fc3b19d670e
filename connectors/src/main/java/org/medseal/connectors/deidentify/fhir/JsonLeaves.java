package org.medseal.connectors.deidentify.fhir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.medseal.connectors.deidentify.CodeSystems;
import org.medseal.connectors.deidentify.ResidualScan.Leaf;

/** Every value of an encoded record that did not come from the engine itself. */
final class JsonLeaves {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Set<String> made;
  private final CodeSystems systems;
  private final List<Leaf> leaves = new ArrayList<>();

  private JsonLeaves(Set<String> made, CodeSystems systems) {
    this.made = made;
    this.systems = systems;
  }

  static List<Leaf> of(String json, Set<String> made, CodeSystems systems) {
    JsonLeaves out = new JsonLeaves(made, systems);
    try {
      JsonNode root = JSON.readTree(json);
      out.visit(root.path("resourceType").asText(), root, false);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the encoder wrote no JSON");
    }
    return out.leaves;
  }

  private void visit(String path, JsonNode node, boolean published) {
    if (node.isObject()) {
      boolean publicCode =
          node.has("code")
              && node.has("system")
              && systems.isPublic(node.get("system").asText(), node.get("code").asText());
      node.properties()
          .forEach(
              field -> {
                if (!field.getKey().equals("resourceType")) {
                  boolean code = publicCode && field.getKey().equals("code");
                  visit(path + "." + field.getKey(), field.getValue(), code);
                }
              });
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        visit(path + "[" + i + "]", node.get(i), published);
      }
    } else if (!node.isBoolean() && !made.contains(node.asText())) {
      leaves.add(new Leaf(path, node.asText(), published));
    }
  }
}
