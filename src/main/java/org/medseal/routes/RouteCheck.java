package org.medseal.routes;

import static org.medseal.routes.RouteException.Reason.FORM;
import static org.medseal.routes.RouteException.Reason.UNUSABLE;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.spi.Registry;
import org.medseal.connectors.httpaccess.RouteReach.Reached;
import org.medseal.connectors.intake.AccessFeeds;
import org.medseal.connectors.intake.TlsFeeds;

/** Checks route files as far as that goes without starting one. */
public final class RouteCheck {
  private final Map<String, String> properties;
  private final Consumer<Registry> beans;

  /** {@code beans} binds what the routes name; {@code properties} are those they run with. */
  public RouteCheck(Map<String, String> properties, Consumer<Registry> beans) {
    this.properties = Map.copyOf(properties);
    this.beans = beans;
  }

  /** RouteException with the first thing that is wrong. */
  public CheckedRoutes require(RouteFiles files) {
    SortedMap<String, RouteSketch> sketches = new TreeMap<>();
    files.byName().forEach((name, text) -> sketches.put(name, RouteSketch.of(name, text)));
    once(sketches);
    try (DefaultCamelContext trial = new DefaultCamelContext()) {
      AllowedComponents.in(trial);
      beans.accept(trial.getRegistry());
      Properties all = new Properties();
      all.putAll(properties);
      trial.getPropertiesComponent().setOverrideProperties(all); // as they will run
      trial.build();
      return new CheckedRoutes(files, load(files, trial));
    } catch (IOException e) {
      throw new RouteException(UNUSABLE, "the trial did not end", e);
    }
  }

  private static void once(SortedMap<String, RouteSketch> sketches) {
    Map<String, String> seen = new TreeMap<>();
    sketches.forEach(
        (name, sketch) -> {
          sketch.routes().forEach(id -> once(seen, "route " + id, name));
          sketch.templates().forEach(id -> once(seen, "template " + id, name));
        });
    sketches.forEach(
        (name, sketch) ->
            sketch.used().stream()
                .filter(id -> !seen.containsKey("template " + id))
                .findFirst()
                .ifPresent(
                    id -> {
                      throw new RouteException(FORM, name + ": there is no template " + id);
                    }));
  }

  private static void once(Map<String, String> seen, String what, String file) {
    String before = seen.putIfAbsent(what, file);
    if (before != null) {
      throw new RouteException(FORM, file + ": " + what + " is in " + before + " already");
    }
  }

  private Map<String, Reached> load(RouteFiles files, DefaultCamelContext trial) {
    try {
      files.loadInto(trial);
    } catch (Exception e) { // Camel's own signature
      throw new RouteException(UNUSABLE, "the routes cannot be read", e);
    }
    Kept kept = new Kept(new TlsFeeds(properties), new AccessFeeds(trial.getRegistry()));
    List<RouteGraph.Leg> legs = new ArrayList<>();
    for (RouteDefinition route : trial.getRouteDefinitions()) {
      legs.add(leg(trial, route));
    }
    RouteGraph graph = new RouteGraph(legs);
    Map<String, Reached> byRoute = new TreeMap<>();
    for (RouteGraph.Leg leg : graph.legs()) {
      Reached reached = graph.inboxes(leg);
      refuse(kept.tls().refusal(leg.route().getRouteId(), leg.from(), reached));
      refuse(kept.access().refusal(leg.route(), leg.from(), reached));
      byRoute.put(leg.route().getRouteId(), reached);
    }
    refuse(kept.tls().leftOver());
    refuse(kept.access().leftOver());
    return byRoute;
  }

  /** What routes are held to. */
  private record Kept(TlsFeeds tls, AccessFeeds access) {}

  private static void refuse(Optional<String> sentence) {
    sentence.ifPresent(
        text -> {
          throw new RouteException(UNUSABLE, text);
        });
  }

  /** Resolves every address of a route, with its own parameters, but makes no consumer of it. */
  private static RouteGraph.Leg leg(DefaultCamelContext trial, RouteDefinition route) {
    PropertiesComponent values = (PropertiesComponent) trial.getPropertiesComponent();
    Properties own = new Properties();
    if (route.getTemplateParameters() != null) {
      own.putAll(route.getTemplateParameters());
    }
    values.setLocalProperties(own);
    try {
      Endpoint from =
          trial.getEndpoint(trial.resolvePropertyPlaceholders(route.getInput().getEndpointUri()));
      List<Endpoint> ends = new ArrayList<>();
      Collection<ToDefinition> steps =
          ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class);
      for (ToDefinition to : steps) {
        ends.add(trial.getEndpoint(trial.resolvePropertyPlaceholders(to.getEndpointUri())));
      }
      return new RouteGraph.Leg(route, from, ends);
    } catch (RuntimeException e) {
      throw new RouteException(UNUSABLE, "route " + route.getRouteId() + " cannot be made", e);
    } finally {
      values.setLocalProperties(null);
    }
  }
}
