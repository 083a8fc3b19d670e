package org.medseal.routes;

import java.util.ArrayList;
import java.util.List;

/**
 * What putting route files in force would change, a line a file: + new, - gone, ~ changed or made
 * from a changed template, with the routes it is about.
 */
public record RoutePlan(List<String> changes) {
  public RoutePlan {
    changes = List.copyOf(changes);
  }

  public static RoutePlan of(RouteFiles from, RouteFiles to) {
    List<String> changes = new ArrayList<>();
    for (String name : RouteSwitch.changed(from, to)) {
      boolean before = from.byName().containsKey(name);
      boolean after = to.byName().containsKey(name);
      RouteSketch sketch = RouteSketch.of(name, (after ? to : from).byName().get(name));
      String about =
          sketch.routes().isEmpty()
              ? "templates " + sketch.templates()
              : "routes " + sketch.routes();
      changes.add((before ? after ? "~ " : "- " : "+ ") + name + "  " + about);
    }
    return new RoutePlan(changes);
  }

  public boolean isEmpty() {
    return changes.isEmpty();
  }

  public List<String> lines() {
    return isEmpty() ? List.of("nothing to change") : changes;
  }
}
