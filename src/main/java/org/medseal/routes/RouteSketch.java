package org.medseal.routes;

import static org.medseal.routes.RouteException.Reason.FORBIDDEN;
import static org.medseal.routes.RouteException.Reason.FORM;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What a route file defines and uses, read without Camel. Reading refuses what no route may do.
 *
 * @param routes ids of its routes
 * @param templates ids of its templates
 * @param used ids of the templates its routes are made from
 */
record RouteSketch(List<String> routes, List<String> templates, Set<String> used) {
  private static final int MAX_ALIASES = 20;

  /** Steps that could answer before the store has, or go where no allow list has looked. */
  private static final Set<String> FORBIDDEN_STEPS =
      Set.of(
          "wireTap",
          "wire-tap",
          "threads",
          "toD",
          "to-d",
          "recipientList",
          "recipient-list",
          "routingSlip",
          "routing-slip",
          "dynamicRouter",
          "dynamic-router",
          "enrich",
          "pollEnrich",
          "poll-enrich",
          "poll",
          "script",
          "log",
          "onCompletion",
          "on-completion",
          "onFallback",
          "on-fallback",
          "deadLetterChannel",
          "dead-letter-channel",
          "beanType",
          "bean-type",
          "groovy",
          "js",
          "python",
          "java");

  private static final Set<String> URI_KEYS = Set.of("uri", "to", "from");

  /** RouteException FORM or FORBIDDEN naming the file. */
  static RouteSketch of(String file, String text) {
    Object root;
    try {
      LoaderOptions options = new LoaderOptions();
      options.setMaxAliasesForCollections(MAX_ALIASES);
      options.setAllowDuplicateKeys(false);
      root = new Yaml(new SafeConstructor(options)).load(text);
    } catch (YAMLException e) {
      throw new RouteException(FORM, file + " is no YAML", e);
    }
    if (!(root instanceof List<?> entries)) {
      throw new RouteException(FORM, file + ": a list of routes, templates or feeds is wanted");
    }
    RouteSketch sketch = new RouteSketch(new ArrayList<>(), new ArrayList<>(), new TreeSet<>());
    entries.forEach(entry -> sketch.entry(file, entry));
    return sketch;
  }

  private void entry(String file, Object entry) {
    if (!(entry instanceof Map<?, ?> map) || map.size() != 1) {
      throw new RouteException(FORM, file + ": every entry has one key");
    }
    String kind = String.valueOf(map.keySet().iterator().next());
    if (!(map.get(kind) instanceof Map<?, ?> body)) {
      throw new RouteException(FORM, file + ": " + kind + " is empty");
    }
    switch (kind) {
      case "route" -> routes.add(id(file, kind, body, "id"));
      case "routeTemplate" -> templates.add(id(file, kind, body, "id"));
      case "templatedRoute" -> {
        routes.add(id(file, kind, body, "routeId"));
        used.add(id(file, kind, body, "routeTemplateRef"));
      }
      default ->
          throw new RouteException(
              FORBIDDEN, file + ": " + kind + " is none of route, routeTemplate, templatedRoute");
    }
    inspect(file, body);
  }

  private static String id(String file, String kind, Map<?, ?> body, String key) {
    if (!(body.get(key) instanceof String id) || !id.matches("[A-Za-z0-9-]{1,64}")) {
      throw new RouteException(
          FORM, file + ": a " + kind + " needs " + key + " of letters, digits and dashes");
    }
    return id;
  }

  private static void inspect(String file, Object node) {
    if (node instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            String name = String.valueOf(key);
            if (FORBIDDEN_STEPS.contains(name) || name.equals("templateBean")) {
              throw new RouteException(FORBIDDEN, file + ": " + name + " may not be used");
            }
            if (URI_KEYS.contains(name) && value instanceof String uri) {
              scheme(file, uri);
            }
            inspect(file, value);
          });
    } else if (node instanceof List<?> list) {
      list.forEach(value -> inspect(file, value));
    } else if (node instanceof String text && text.matches("(?s)\\s*#(class|type|valueAs)\\b.*")) {
      throw new RouteException(FORBIDDEN, file + ": beans may be named, not made");
    }
  }

  private static void scheme(String file, String uri) {
    String scheme = uri.strip().split("[:?]", 2)[0];
    if (!AllowedComponents.SCHEMES.contains(scheme)) {
      throw new RouteException(
          FORBIDDEN,
          file
              + ": routes may not use "
              + scheme
              + ", only "
              + AllowedComponents.SCHEMES.stream().sorted().toList());
    }
  }
}
