package org.medseal.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.medseal.users.Role;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The served description of the endpoint, as tests read it. */
record OpenApi(JsonNode document, List<OpenApi.Operation> operations) {
  private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");
  private static final String API = "/api/v1";

  static OpenApi load() {
    try (InputStream in = OpenApi.class.getResourceAsStream(Calls.OPENAPI)) {
      Map<String, Object> root = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      JsonNode document = Json.MAPPER.valueToTree(root);
      return new OpenApi(document, operations(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Operation> operations(JsonNode document) {
    List<Operation> all = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path -> {
              for (String method : METHODS) {
                if (path.getValue().has(method)) {
                  all.add(
                      new Operation(
                          method.toUpperCase(Locale.ROOT),
                          path.getKey(),
                          path.getValue().get(method)));
                }
              }
            });
    return List.copyOf(all);
  }

  /** The operation that serves this path; of several the one that says most of it literally. */
  Optional<Operation> serving(String method, String path) {
    String plain = path.replaceAll("\\?.*", "");
    return operations.stream()
        .filter(each -> each.method().equals(method) && each.serves(plain))
        .min(Comparator.comparing(each -> each.pathParameters().size()));
  }

  Operation named(String operationId) {
    return operations.stream()
        .filter(each -> each.id().equals(operationId))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no operation " + operationId));
  }

  /** The schema behind local references. */
  JsonNode resolved(JsonNode schema) {
    JsonNode at = schema;
    while (at.has("$ref")) {
      at = document.at(at.get("$ref").asText().substring(1));
    }
    return at;
  }

  /** A method on a path of the document. */
  record Operation(String method, String path, JsonNode node) {
    private static final Pattern PARAMETER = Pattern.compile("\\{([A-Za-z]+)}");

    String id() {
      return node.path("operationId").asText();
    }

    /** Role names, or ANY, ANYONE, LOCAL. */
    Set<String> roles() {
      Set<String> roles = new LinkedHashSet<>();
      node.path("x-roles").forEach(role -> roles.add(role.asText()));
      return roles;
    }

    boolean allows(Role role) {
      return roles().contains(role.name()) || roles().contains("ANY") || allowsNobody();
    }

    boolean allowsNobody() {
      return roles().contains("ANYONE") || roles().contains("LOCAL");
    }

    /** From the root of the endpoint. */
    String template() {
      return path.startsWith("/observe") ? path : API + path;
    }

    boolean serves(String concrete) {
      return concrete.matches(PARAMETER.matcher(template()).replaceAll("[^/]*"));
    }

    List<JsonNode> pathParameters() {
      return parameters("path");
    }

    List<JsonNode> queryParameters() {
      return parameters("query");
    }

    private List<JsonNode> parameters(String in) {
      List<JsonNode> found = new ArrayList<>();
      for (JsonNode each : node.path("parameters")) {
        if (each.path("in").asText().equals(in)) {
          found.add(each);
        }
      }
      return found;
    }

    /** Of a JSON body; empty where the call takes none. */
    Optional<JsonNode> bodySchema() {
      JsonNode schema = node.at("/requestBody/content/application~1json/schema");
      return schema.isMissingNode() ? Optional.empty() : Optional.of(schema);
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }
}
