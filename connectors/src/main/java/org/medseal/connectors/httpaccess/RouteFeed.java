package org.medseal.connectors.httpaccess;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;

/** Finds the one feed that a route hands its messages to. */
final class RouteFeed {
  private static final String INBOX = "inbox:";

  private RouteFeed() {}

  /** Empty where the route names none, several, or one by a placeholder that is not its own. */
  static Optional<String> of(Exchange exchange) {
    RouteDefinition route =
        ((ModelCamelContext) exchange.getContext()).getRouteDefinition(exchange.getFromRouteId());
    if (route == null) {
      return Optional.empty();
    }
    Map<String, Object> own =
        route.getTemplateParameters() == null ? Map.of() : route.getTemplateParameters();
    Set<String> feeds =
        ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class)
            .stream()
            .map(ToDefinition::getEndpointUri)
            .filter(uri -> uri.startsWith(INBOX))
            .map(uri -> uri.substring(INBOX.length()).split("[?]", 2)[0])
            .map(name -> filled(name, own))
            .collect(Collectors.toSet());
    return Optional.of(feeds)
        .filter(all -> all.size() == 1)
        .map(all -> all.iterator().next())
        .filter(name -> !name.contains("{"));
  }

  private static String filled(String name, Map<String, Object> own) {
    String parameter = name.replaceFirst("^\\{\\{(.*)}}$", "$1");
    Object value = own.get(parameter);
    return parameter.equals(name) || value == null ? name : value.toString();
  }
}
