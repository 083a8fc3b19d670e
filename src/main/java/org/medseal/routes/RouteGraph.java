package org.medseal.routes;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.model.RouteDefinition;

/**
 * Who hands messages to whom: a route reaches what its own steps send to, and what the routes reach
 * that listen there.
 */
final class RouteGraph {
  private final List<Leg> legs;

  /** One route: where it listens, and every address its steps send to. */
  record Leg(RouteDefinition route, Endpoint from, List<Endpoint> to) {
    Leg {
      to = List.copyOf(to);
    }
  }

  RouteGraph(List<Leg> legs) {
    this.legs = List.copyOf(legs);
  }

  List<Leg> legs() {
    return legs;
  }

  /** In the order of their finding; routes that call one another in a circle do no harm. */
  Collection<Endpoint> reached(Leg first) {
    Set<Endpoint> reached = new LinkedHashSet<>(first.to());
    Deque<Endpoint> open = new ArrayDeque<>(first.to());
    while (!open.isEmpty()) {
      String place = place(open.pop());
      for (Leg next : legs) {
        if (place(next.from()).equals(place)) {
          next.to().stream().filter(reached::add).forEach(open::add);
        }
      }
    }
    return reached;
  }

  /** Camel meets at the address whatever its options are. */
  private static String place(Endpoint endpoint) {
    return endpoint.getEndpointUri().split("[?]", 2)[0];
  }
}
