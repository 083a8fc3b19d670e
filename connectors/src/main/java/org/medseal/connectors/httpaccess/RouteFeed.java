package org.medseal.connectors.httpaccess;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;

/** Finds the one feed that a route hands its messages to, itself or by routes that it calls. */
final class RouteFeed {
  private static final String INBOX = "inbox";
  private static final String DIRECT = "direct";

  private final ModelCamelContext context;
  private final Set<String> feeds = new TreeSet<>();

  private RouteFeed(ModelCamelContext context) {
    this.context = context;
  }

  /** Empty where the route names none, several, or one by a placeholder that is not its own. */
  static Optional<String> of(Exchange exchange) {
    ModelCamelContext context = (ModelCamelContext) exchange.getContext();
    RouteDefinition first = context.getRouteDefinition(exchange.getFromRouteId());
    RouteFeed found = new RouteFeed(context);
    if (first != null) {
      found.follow(first);
    }
    return Optional.of(found.feeds)
        .filter(all -> all.size() == 1)
        .map(all -> all.iterator().next())
        .filter(name -> !name.contains("{"));
  }

  private void follow(RouteDefinition first) {
    Set<String> seen = new HashSet<>();
    Deque<RouteDefinition> open = new ArrayDeque<>(List.of(first));
    while (!open.isEmpty()) {
      RouteDefinition route = open.pop();
      for (ToDefinition to :
          ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class)) {
        Address address = Address.of(to.getEndpointUri(), route);
        if (address.scheme().equals(INBOX)) {
          feeds.add(address.name());
        } else if (address.scheme().equals(DIRECT) && seen.add(address.name())) {
          listening(address).forEach(open::add);
        }
      }
    }
  }

  private List<RouteDefinition> listening(Address address) {
    return context.getRouteDefinitions().stream()
        .filter(route -> Address.of(route.getInput().getEndpointUri(), route).equals(address))
        .toList();
  }

  /** An address without its options, filled in with its route's own parameters. */
  private record Address(String scheme, String name) {
    static Address of(String uri, RouteDefinition route) {
      String[] parts = uri.split("[?]", 2)[0].split(":", 2);
      String name = parts.length < 2 ? "" : parts[1].replaceFirst("^//", "");
      return new Address(parts[0], filled(name, route.getTemplateParameters()));
    }

    private static String filled(String name, Map<String, Object> own) {
      String parameter = name.replaceFirst("^\\{\\{(.*)}}$", "$1");
      Object value = own == null ? null : own.get(parameter);
      return parameter.equals(name) || value == null ? name : value.toString();
    }
  }
}
