package org.medseal.connectors.httpaccess;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.medseal.connectors.deidentify.Format;

/**
 * What the messages of each route get to, as the check of the routes found it: nothing here looks
 * at a route again. Thread-safe.
 */
public final class RouteReach {
  private static final Reached NOTHING = new Reached(new TreeSet<>(), Set.of());

  private volatile Map<String, Reached> byRoute = Map.of();

  /** The inboxes that a route hands messages to, itself or by routes that it calls. */
  public record Reached(SortedSet<String> feeds, Set<Format> formats) {
    public Reached {
      feeds = Collections.unmodifiableSortedSet(new TreeSet<>(feeds));
      formats = Set.copyOf(formats);
    }
  }

  /** From now on, by the routes' ids. */
  public void begin(Map<String, Reached> found) {
    byRoute = Map.copyOf(found);
  }

  /**
   * While the change runs, a route that reaches others before than after reaches nothing: whoever
   * it asks for cannot be told. A change that fails leaves all as it was.
   */
  public void change(Map<String, Reached> found, Runnable change) {
    Map<String, Reached> before = byRoute;
    Map<String, Reached> meanwhile = new TreeMap<>(before);
    found.forEach((id, reached) -> meanwhile.merge(id, reached, RouteReach::agreed));
    byRoute = Map.copyOf(meanwhile);
    boolean done = false;
    try {
      change.run();
      done = true;
    } finally {
      byRoute = done ? Map.copyOf(found) : before;
    }
  }

  private static Reached agreed(Reached before, Reached after) {
    return before.equals(after) ? after : NOTHING;
  }

  /** Nothing for a route that was not checked. */
  public Reached of(String routeId) {
    return byRoute.getOrDefault(routeId, NOTHING);
  }

  /** Of the route that took it in. */
  Reached of(Exchange exchange) {
    String route = exchange.getFromRouteId();
    return route == null ? NOTHING : of(route);
  }
}
