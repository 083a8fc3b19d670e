package org.medseal.pages;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which call, with which parameters. Values never become part of a path, so none of them can lead
 * to another call.
 *
 * @param template a call's path below {@code /api/v1}, as in openapi/medseal.yaml: {@code
 *     /requests/{id}}
 * @param values of the template's parameters, in their order
 */
public record CallTarget(String template, List<String> values, Map<String, List<String>> query) {
  public CallTarget {
    values = List.copyOf(values);
    query = Map.copyOf(query);
  }

  public static CallTarget of(String template, String... values) {
    return new CallTarget(template, List.of(values), Map.of());
  }

  /** Also with this query parameter; a blank value leaves it out. */
  public CallTarget with(String name, String value) {
    if (value.isBlank()) {
      return this;
    }
    Map<String, List<String>> more = new LinkedHashMap<>(query);
    List<String> all = new ArrayList<>(more.getOrDefault(name, List.of()));
    all.add(value);
    more.put(name, List.copyOf(all));
    return new CallTarget(template, values, more);
  }
}
