package org.medseal.pages.clinical.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where on the pages of one record a reference leads. */
final class Anchors {
  private final Map<String, Target> targets = new HashMap<>();

  /**
   * A resource of the record.
   *
   * @param number from 1
   */
  record Target(int number, String title) {}

  /** The resource of that number answers to its full URL and to its type and id. */
  void add(int number, JsonNode resource, String fullUrl) {
    Target target = new Target(number, Titles.title(resource).text());
    if (!fullUrl.isEmpty()) {
      targets.putIfAbsent(fullUrl, target);
    }
    String id = resource.path("id").asText();
    if (!id.isEmpty()) {
      targets.putIfAbsent(resource.path("resourceType").asText() + "/" + id, target);
    }
  }

  static String of(int number) {
    return "r" + number;
  }

  /** Of a resource contained in that one. */
  static String of(int number, int contained) {
    return of(number) + "-" + contained;
  }

  /** The resource a reference means, whatever version of it; empty for one that is not here. */
  Optional<Target> find(String reference) {
    int history = reference.indexOf("/_history/");
    return Optional.ofNullable(
        targets.get(history < 0 ? reference : reference.substring(0, history)));
  }
}
