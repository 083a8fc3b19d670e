package org.medseal.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Requests as the document describes them: every parameter and field is there and has a value. */
final class RequestSamples {
  /** No login, id, feed or message has this name. */
  static final String NOBODY = "nobody";

  private static final int UNLIKELY_NUMBER = 999;

  private final OpenApi api;

  RequestSamples(OpenApi api) {
    this.api = api;
  }

  /** Path and query of a well-formed request for what does not exist. */
  String path(OpenApi.Operation operation) {
    return path(operation, Map.of());
  }

  /**
   * @param instead by parameter, path or query; as is in the path, encoded in the query
   */
  String path(OpenApi.Operation operation, Map<String, String> instead) {
    String path = operation.template();
    for (JsonNode each : operation.pathParameters()) {
      String name = each.path("name").asText();
      path = path.replace("{" + name + "}", value(each, instead));
    }
    String query =
        operation.queryParameters().stream()
            .map(each -> each.path("name").asText() + "=" + encoded(value(each, instead)))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? path : path + "?" + query;
  }

  private String value(JsonNode parameter, Map<String, String> instead) {
    String given = instead.get(parameter.path("name").asText());
    return given == null ? of(parameter.path("schema")).asText() : given;
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** Empty text where the call takes no body. */
  String body(OpenApi.Operation operation) {
    return operation.bodySchema().map(schema -> of(schema).toString()).orElse("");
  }

  /** A value the schema allows. */
  JsonNode of(JsonNode reference) {
    JsonNode schema = api.resolved(reference);
    if (schema.has("example")) {
      return schema.get("example");
    }
    if (schema.has("const")) {
      return schema.get("const");
    }
    if (schema.has("enum")) {
      return schema.get("enum").get(0);
    }
    return switch (schema.path("type").asText()) {
      case "object" -> object(schema);
      case "array" -> array(schema);
      case "integer", "number" ->
          IntNode.valueOf(
              Math.min(
                  schema.path("maximum").asInt(UNLIKELY_NUMBER),
                  Math.max(UNLIKELY_NUMBER, schema.path("minimum").asInt())));
      case "boolean" -> Json.MAPPER.getNodeFactory().booleanNode(false);
      case "string" -> TextNode.valueOf(text(schema));
      default -> throw new AssertionError("no sample for the schema " + schema);
    };
  }

  private ObjectNode object(JsonNode schema) {
    ObjectNode object = Json.object();
    schema
        .path("properties")
        .properties()
        .forEach(each -> object.set(each.getKey(), of(each.getValue())));
    return object;
  }

  private ArrayNode array(JsonNode schema) {
    return Json.MAPPER.createArrayNode().add(of(schema.path("items")));
  }

  private static String text(JsonNode schema) {
    if (schema.has("pattern")) {
      return PatternSample.of(schema.get("pattern").asText());
    }
    String plain =
        switch (schema.path("format").asText()) {
          case "date-time" -> "2026-01-02T03:04:05Z";
          case "date" -> "2026-01-02";
          case "email" -> "nobody@example.org";
          default -> NOBODY;
        };
    int missing = schema.path("minLength").asInt() - plain.length();
    return missing > 0 ? plain + "-".repeat(missing) : plain;
  }
}
