package org.medseal.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.DisallowUnknownKeywordFactory;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Holds every answer a test sees against the document: status, media type, shape. */
final class AnswerContract {
  private static final String LOCATION = "https://medseal.invalid/openapi.json";
  private static final OpenApi API = OpenApi.load();
  private static final SchemaValidatorsConfig STRICT =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  /** A keyword JSON Schema does not have is most often a comma in a description: refused. */
  private static final JsonMetaSchema KEYWORDS =
      JsonMetaSchema.builder(JsonMetaSchema.getV202012())
          .keywords(
              Stream.of("openapi", "info", "servers", "security", "paths", "components")
                  .map(NonValidationKeyword::new)
                  .toList())
          .unknownKeywordFactory(DisallowUnknownKeywordFactory.getInstance())
          .build();

  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012))
          .metaSchema(KEYWORDS)
          .schemaLoaders(loaders -> loaders.schemas(Map.of(LOCATION, API.document().toString())))
          .build();
  private static final Map<String, JsonSchema> KNOWN = new ConcurrentHashMap<>();

  /** Classes, stacks, files, SQL: nothing of it is for a caller. */
  private static final Pattern INTERNAL =
      Pattern.compile(
          "org\\.|java|Exception|\\bat [a-z]+\\.[a-z]|\\.(java|class|mv\\.db)\\b|(?i:jdbc|\\bsql\\b|\\bh2\\b|null)"
              + "|/(tmp|home|root|work|var|etc)/");

  private AnswerContract() {}

  /** AssertionError naming what the document does not say. */
  static void check(String method, String path, TestHospital.Reply reply) {
    Optional<OpenApi.Operation> operation = API.serving(method, path);
    String what = method + " " + path.replaceAll("\\?.*", "") + " answered " + reply.status();
    boolean ours = path.startsWith("/api/") || path.startsWith("/observe/");
    if (operation.isEmpty() && !ours) {
      return; // a page, not a call
    }
    JsonNode responses = operation.map(each -> each.node().path("responses")).orElse(Json.object());
    String status = String.valueOf(reply.status());
    if (!responses.has(status)) {
      problem(what, reply);
      return;
    }
    JsonNode content = responses.get(status).path("content");
    if (content.isEmpty()) {
      require(reply.body().length == 0, what + " with a body, but the document says none");
      return;
    }
    String type = reply.mediaType().replaceAll(";.*", "");
    require(content.has(type), what + " as " + type + ", the document says " + content);
    if (content.get(type).has("schema") && type.endsWith("json")) {
      String pointer =
          "/paths/%s/%s/responses/%s/content/%s/schema"
              .formatted(
                  escaped(operation.orElseThrow().path()),
                  method.toLowerCase(Locale.ROOT),
                  status,
                  escaped(type));
      shape(what, pointer, reply);
    }
  }

  private static void problem(String what, TestHospital.Reply reply) {
    require(
        reply.status() >= 400, what + ", a status the document does not have: " + reply.status());
    require(
        reply.mediaType().startsWith(Problem.MEDIA_TYPE),
        what + " as " + reply.mediaType() + " instead of a problem document");
    shape(what, "/components/schemas/Problem", reply);
    require(
        !INTERNAL.matcher(reply.text()).find(), what + " and says what is inside: " + reply.text());
    require(
        reply.json().path("status").asInt() == reply.status(),
        what + " with another status in its problem document");
  }

  /** Builds all of the document's schemas, which refuses what is none. */
  static void checkSchemas() {
    API.document()
        .at("/components/schemas")
        .fieldNames()
        .forEachRemaining(name -> schema("/components/schemas/" + name).initializeValidators());
  }

  private static JsonSchema schema(String pointer) {
    return KNOWN.computeIfAbsent(
        pointer, at -> SCHEMAS.getSchema(SchemaLocation.of(LOCATION + "#" + at), STRICT));
  }

  private static void shape(String what, String pointer, TestHospital.Reply reply) {
    Set<ValidationMessage> faults = schema(pointer).validate(json(what, reply));
    require(faults.isEmpty(), what + " otherwise than the document says: " + faults);
  }

  private static JsonNode json(String what, TestHospital.Reply reply) {
    try {
      return Json.MAPPER.readTree(reply.body());
    } catch (IOException e) {
      throw new AssertionError(what + " with something that is no JSON", e);
    }
  }

  /** In a JSON pointer inside a URI fragment. */
  private static String escaped(String key) {
    return key.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
