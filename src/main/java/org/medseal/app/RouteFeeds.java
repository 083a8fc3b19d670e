package org.medseal.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.medseal.admin.FeedControl;

/** Feeds as Camel runs them: every route but those of the way to the ledger. */
final class RouteFeeds implements FeedControl {
  private static final Set<String> INTERNAL_SCHEMES = Set.of("inbox", "direct", "timer");

  private final Supplier<CamelContext> context;

  RouteFeeds(Supplier<CamelContext> context) {
    this.context = context;
  }

  @Override
  public List<FeedView> feeds() {
    List<FeedView> feeds = new ArrayList<>();
    for (Route route : context.get().getRoutes()) {
      String scheme = scheme(route);
      if (!INTERNAL_SCHEMES.contains(scheme)) {
        feeds.add(new FeedView(route.getId(), kind(scheme), state(route)));
      }
    }
    return feeds;
  }

  @Override
  public void pause(String id) {
    change(id, true);
  }

  @Override
  public void resume(String id) {
    change(id, false);
  }

  private void change(String id, boolean pause) {
    if (feeds().stream().noneMatch(feed -> feed.id().equals(id))) {
      return;
    }
    try {
      if (pause) {
        context.get().getRouteController().stopRoute(id);
      } else {
        context.get().getRouteController().startRoute(id);
      }
    } catch (Exception e) { // Camel's own signature
      throw new IllegalStateException("feed " + id + " cannot be changed", e);
    }
  }

  private String state(Route route) {
    ServiceStatus status = context.get().getRouteController().getRouteStatus(route.getId());
    if (status == null) {
      return "FAILED";
    }
    return status.isStarted() ? "RUNNING" : "PAUSED";
  }

  private static String scheme(Route route) {
    String uri = route.getEndpoint().getEndpointUri();
    return uri.substring(0, Math.max(0, uri.indexOf(':')));
  }

  private static String kind(String scheme) {
    return switch (scheme) {
      case "netty" -> "mllp";
      case "platform-http" -> "fhir";
      case "file" -> "folder";
      default -> scheme;
    };
  }
}
