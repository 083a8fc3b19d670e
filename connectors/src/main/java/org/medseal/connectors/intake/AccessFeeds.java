package org.medseal.connectors.intake;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Endpoint;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Registry;
import org.medseal.connectors.httpaccess.HttpGates;
import org.medseal.connectors.httpaccess.RouteReach.Reached;

/**
 * Holds the routes to the access settings of their feeds: whoever set who may send is not to be
 * sent to by everybody. What is wrong comes as a sentence.
 */
public final class AccessFeeds {
  static final String GATES = "httpGates";

  /** First steps that ask the gates. */
  private static final Set<String> ASKING = Set.of("#fhirExamine", "#stowExamine");

  private final Set<String> feeds;
  private final Set<String> taken = new TreeSet<>();

  /** {@code registry} is the one the routes' beans are bound in. */
  public AccessFeeds(Registry registry) {
    HttpGates gates = registry.lookupByNameAndType(GATES, HttpGates.class);
    this.feeds = gates == null ? Set.of() : new TreeSet<>(gates.feeds());
  }

  /** A route that listens at {@code from}; by it or by others its messages get to {@code to}. */
  public Optional<String> refusal(RouteDefinition route, Endpoint from, Reached to) {
    if (!(from instanceof PlatformHttpEndpoint) || feeds.isEmpty()) {
      return Optional.empty();
    }
    if (to.feeds().isEmpty() && asks(route)) {
      return Optional.of(
          "route "
              + route.getRouteId()
              + " asks for a feed's senders and gets to no inbox: while medseal.feed.NAME.http.* is"
              + " set for any feed, everybody would be refused there");
    }
    Optional<String> held = to.feeds().stream().filter(feeds::contains).findFirst();
    if (held.isEmpty()) {
      return Optional.empty();
    }
    if (!asks(route)) {
      return Optional.of(
          "route "
              + route.getRouteId()
              + " does not begin with #fhirExamine or #stowExamine, which take medseal.feed."
              + held.get()
              + ".http.*");
    }
    if (to.feeds().size() > 1) {
      return Optional.of(
          "route "
              + route.getRouteId()
              + " sends to the feeds "
              + to.feeds()
              + ": where medseal.feed."
              + held.get()
              + ".http.* is set it may send to one only");
    }
    taken.add(held.get());
    return Optional.empty();
  }

  /** Once every route was seen: a feed whose settings none has taken. */
  public Optional<String> leftOver() {
    return feeds.stream()
        .filter(feed -> !taken.contains(feed))
        .findFirst()
        .map(feed -> "no route over HTTP takes medseal.feed." + feed + ".http.*");
  }

  private static boolean asks(RouteDefinition route) {
    return !route.getOutputs().isEmpty()
        && route.getOutputs().get(0) instanceof ProcessDefinition first
        && ASKING.contains(first.getRef());
  }
}
