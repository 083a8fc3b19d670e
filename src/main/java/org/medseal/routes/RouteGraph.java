package org.medseal.routes;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.camel.Endpoint;
import org.apache.camel.model.RouteDefinition;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.httpaccess.RouteReach.Reached;
import org.medseal.connectors.inbox.InboxEndpoint;

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

  /** The inboxes among what it reaches. */
  Reached inboxes(Leg first) {
    SortedSet<String> feeds = new TreeSet<>();
    Set<Format> formats = EnumSet.noneOf(Format.class);
    for (Endpoint each : reached(first)) {
      if (each instanceof InboxEndpoint inbox) {
        feeds.add(inbox.feed());
        Optional.ofNullable(inbox.getFormat()).ifPresent(formats::add);
      }
    }
    return new Reached(feeds, formats);
  }

  /** Routes that call one another in a circle do no harm. */
  private Set<Endpoint> reached(Leg first) {
    Set<Endpoint> reached = new HashSet<>(first.to());
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
