package org.medseal.routes;

import java.util.Map;
import org.medseal.connectors.httpaccess.RouteReach.Reached;

/**
 * Route files that {@link RouteCheck} found usable, and what the messages of each of their routes
 * get to, by the route's id.
 */
public record CheckedRoutes(RouteFiles files, Map<String, Reached> reached) {
  public CheckedRoutes {
    reached = Map.copyOf(reached);
  }
}
