package org.medseal.routes;

import static org.medseal.routes.RouteException.Reason.NOT_STARTED;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.apache.camel.model.ModelCamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the routes of a running context from one set of files to another. Only routes of changed
 * files, and those made from changed templates, are touched, one file after the other; if one of
 * the new does not start so, as when two feeds change ports, all are changed at once, and if that
 * fails all of the old run again. One call at a time.
 */
public final class RouteSwitch {
  private static final Logger LOG = LoggerFactory.getLogger(RouteSwitch.class);

  private final CamelContext context;

  public RouteSwitch(CamelContext context) {
    this.context = context;
  }

  /** RouteException NOT_STARTED when the old routes run again, or could not even do that. */
  public void change(RouteFiles from, RouteFiles to) {
    Set<String> changed = changed(from, to);
    RouteFiles old = from.only(changed);
    RouteFiles fresh = to.only(changed);
    try {
      if (!oneByOne(changed, old, fresh)) {
        remove(fresh);
        remove(old);
        start(fresh);
      }
    } catch (Exception e) { // Camel's own signature; whatever it was, the old ones come back
      back(old, fresh, e);
      throw new RouteException(NOT_STARTED, "the routes did not start; those before run on", e);
    }
  }

  /** So that a feed is away for its own switch only; false if one does not start alone. */
  private boolean oneByOne(Set<String> changed, RouteFiles old, RouteFiles fresh) {
    Set<String> templates = new TreeSet<>();
    Set<String> routes = new TreeSet<>();
    for (String name : changed) {
      boolean hasRoutes = hasRoutes(old, name) || hasRoutes(fresh, name);
      (hasRoutes ? routes : templates).add(name);
    }
    try {
      remove(old.only(templates));
      start(fresh.only(templates));
      for (String name : routes) {
        remove(old.only(Set.of(name)));
        start(fresh.only(Set.of(name)));
      }
      return true;
    } catch (Exception e) { // Camel's own signature; all at once may do
      LOG.info("routes are changed all at once ({})", e.getClass().getSimpleName());
      return false;
    }
  }

  private static boolean hasRoutes(RouteFiles files, String name) {
    return text(files, name).filter(t -> !RouteSketch.of(name, t).routes().isEmpty()).isPresent();
  }

  private void back(RouteFiles old, RouteFiles fresh, Exception why) {
    try {
      remove(fresh);
      start(old);
    } catch (Exception e) { // Camel's own signature
      LOG.error("routes could neither be changed nor restored ({})", e.getClass().getSimpleName());
      e.addSuppressed(why);
      throw new RouteException(NOT_STARTED, "neither the new nor the old routes start", e);
    }
  }

  /** Names of the files whose routes must be made anew. */
  static SortedSet<String> changed(RouteFiles from, RouteFiles to) {
    SortedSet<String> changed = new TreeSet<>(from.byName().keySet());
    changed.addAll(to.byName().keySet());
    changed.removeIf(name -> text(from, name).equals(text(to, name)));
    Set<String> templates = new TreeSet<>();
    for (String name : changed) {
      text(from, name).ifPresent(t -> templates.addAll(RouteSketch.of(name, t).templates()));
      text(to, name).ifPresent(t -> templates.addAll(RouteSketch.of(name, t).templates()));
    }
    to.byName()
        .forEach(
            (name, text) -> {
              if (RouteSketch.of(name, text).used().stream().anyMatch(templates::contains)) {
                changed.add(name);
              }
            });
    return changed;
  }

  private static Optional<String> text(RouteFiles files, String name) {
    return Optional.ofNullable(files.byName().get(name));
  }

  private static List<RouteSketch> sketches(RouteFiles files) {
    List<RouteSketch> sketches = new ArrayList<>();
    files.byName().forEach((name, text) -> sketches.add(RouteSketch.of(name, text)));
    return sketches;
  }

  private void remove(RouteFiles files) throws Exception {
    ModelCamelContext model = (ModelCamelContext) context;
    for (RouteSketch sketch : sketches(files)) {
      for (String id : sketch.routes()) {
        if (context.getRoute(id) != null) {
          context.getRouteController().stopRoute(id);
          context.removeRoute(id);
        }
        if (model.getRouteDefinition(id) != null) {
          model.removeRouteDefinition(model.getRouteDefinition(id));
        }
      }
      for (String id : sketch.templates()) {
        model.removeRouteTemplateDefinitions(id);
      }
    }
  }

  private void start(RouteFiles files) throws Exception {
    files.loadInto(context);
    for (RouteSketch sketch : sketches(files)) {
      for (String id : sketch.routes()) {
        ServiceStatus status = context.getRouteController().getRouteStatus(id);
        if (status == null || !status.isStarted()) {
          throw new IllegalStateException("route " + id + " is " + status);
        }
      }
    }
  }
}
