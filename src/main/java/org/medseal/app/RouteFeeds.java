package org.medseal.app;

import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.support.CamelContextHelper;
import org.medseal.admin.FeedControl;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.dicomcamel.DicomConsumer;
import org.medseal.connectors.dicomnet.ScpCounts;
import org.medseal.connectors.httpaccess.RouteReach;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds as Camel runs them: every route but those of the way to the ledger. One that cannot start
 * leaves the others alone and is tried again.
 */
final class RouteFeeds implements FeedControl {
  private static final Logger LOG = LoggerFactory.getLogger(RouteFeeds.class);
  private static final Set<String> INTERNAL_SCHEMES = Set.of("inbox", "direct", "timer");

  private final Supplier<CamelContext> context;

  /** Why they do not run, by id of the route. */
  private final Map<String, String> failures = new ConcurrentHashMap<>();

  RouteFeeds(Supplier<CamelContext> context) {
    this.context = context;
  }

  /** The way to the ledger first, whose exception is thrown; a feed's is kept. */
  void startAll() throws Exception {
    List<Route> routes = context.get().getRoutes();
    for (Route route : routes) {
      if (!isFeed(route)) {
        context.get().getRouteController().startRoute(route.getId());
      }
    }
    routes.stream().filter(RouteFeeds::isFeed).map(Route::getId).forEach(this::start);
  }

  /** Tries again what could not start. */
  void retry() {
    List.copyOf(failures.keySet()).forEach(this::startAgain);
  }

  /** Unless it was paused since. */
  private synchronized void startAgain(String id) {
    if (failures.containsKey(id)) {
      start(id);
    }
  }

  private synchronized void start(String id) {
    try {
      if (context.get().getRoute(id) != null) {
        context.get().getRouteController().startRoute(id);
      }
      if (failures.remove(id) != null) {
        LOG.info("feed {} runs now", id);
      }
    } catch (Exception e) { // Camel's own signature; the others go on
      String why = reason(e);
      if (!why.equals(failures.put(id, why))) {
        LOG.error("feed {} cannot start and is tried again: {}", id, why);
      }
    }
  }

  /** Kinds, and for a port what the system says; other messages may quote a feed's secrets. */
  private static String reason(Throwable failure) {
    Throwable at = failure;
    while (at.getCause() != null && !(at instanceof BindException)) {
      at = at.getCause();
    }
    return at instanceof BindException
        ? "its port is taken (" + at.getMessage() + ")"
        : "it cannot start (" + at.getClass().getSimpleName() + ")";
  }

  @Override
  public List<FeedView> feeds() {
    List<FeedView> feeds = new ArrayList<>();
    for (Route route : context.get().getRoutes()) {
      if (isFeed(route)) {
        String id = route.getId();
        Optional<String> failure = Optional.ofNullable(failures.get(id));
        feeds.add(new FeedView(id, feedOf(id), kind(route), state(id, failure), failure));
      }
    }
    return feeds;
  }

  @Override
  public Map<String, ScpCounts.Reading> associations() {
    Map<String, ScpCounts.Reading> byId = new TreeMap<>();
    for (Route route : context.get().getRoutes()) {
      if (route.getConsumer() instanceof DicomConsumer dicom) {
        byId.put(route.getId(), dicom.counts());
      }
    }
    return byId;
  }

  @Override
  public synchronized void pause(String id) {
    if (isKnown(id)) {
      failures.remove(id);
      try {
        context.get().getRouteController().stopRoute(id);
      } catch (Exception e) { // Camel's own signature
        throw new IllegalStateException("feed " + id + " cannot be stopped", e);
      }
    }
  }

  @Override
  public void resume(String id) {
    if (isKnown(id)) {
      start(id);
    }
  }

  private boolean isKnown(String id) {
    return context.get().getRoutes().stream()
        .filter(RouteFeeds::isFeed)
        .anyMatch(route -> route.getId().equals(id));
  }

  private String state(String id, Optional<String> failure) {
    ServiceStatus status = context.get().getRouteController().getRouteStatus(id);
    if (status != null && status.isStarted()) {
      return "RUNNING";
    }
    return status == null || failure.isPresent() ? "FAILED" : "PAUSED";
  }

  /** What the route hands its messages to; its own id where that is no inbox. */
  private String feedOf(String id) {
    return reach().of(id).feeds().stream().findFirst().orElse(id);
  }

  private RouteReach reach() {
    return CamelContextHelper.mandatoryFindSingleByType(context.get(), RouteReach.class);
  }

  private static boolean isFeed(Route route) {
    return !INTERNAL_SCHEMES.contains(scheme(route));
  }

  private static String scheme(Route route) {
    String uri = route.getEndpoint().getEndpointUri();
    return uri.substring(0, Math.max(0, uri.indexOf(':')));
  }

  private String kind(Route route) {
    String scheme = scheme(route);
    return switch (scheme) {
      case "netty" -> "mllp";
      case "platform-http" -> takesDicom(route) ? "dicom" : "fhir";
      case "file" -> "folder";
      default -> scheme;
    };
  }

  /** STOW-RS listens where FHIR does. */
  private boolean takesDicom(Route route) {
    return reach().of(route.getId()).formats().contains(Format.DICOM);
  }
}
