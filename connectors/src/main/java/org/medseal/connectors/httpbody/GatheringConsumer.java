package org.medseal.connectors.httpbody;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.component.platform.http.DefaultPlatformHttpConsumer;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Camel's consumer, whose route runs on a worker thread from its first step to its last. Where one
 * of the steps is an {@link Admission} it runs once the body is there.
 */
final class GatheringConsumer extends VertxPlatformHttpConsumer {
  private Optional<Admission> admission = Optional.empty();

  GatheringConsumer(
      PlatformHttpEndpoint endpoint, Processor processor, GatheringEngine engine, String router) {
    super(endpoint, processor, engine.getHandlers(), router);
  }

  /** Camel tells its own wrapping of this consumer, not this one, which route it is of. */
  @Override
  protected void doStart() throws Exception {
    ModelCamelContext context = (ModelCamelContext) getEndpoint().getCamelContext();
    context.getRoutes().stream()
        .filter(
            route ->
                route.getConsumer() instanceof DefaultPlatformHttpConsumer outer
                    && outer.getPlatformHttpConsumer() == this)
        .findFirst()
        .map(Route::getRouteId)
        .ifPresent(id -> begins(context, id));
    super.doStart();
  }

  private void begins(ModelCamelContext context, String routeId) {
    setRouteId(routeId); // for its exchanges to carry it before they are in the route
    RouteDefinition route = context.getRouteDefinition(routeId);
    if (route != null && !getEndpoint().isUseBodyHandler()) {
      admission =
          ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessDefinition.class)
              .stream()
              .flatMap(step -> bean(context, step).stream())
              .findFirst();
    }
  }

  private static Optional<Admission> bean(ModelCamelContext context, ProcessDefinition step) {
    return Optional.ofNullable(step.getRef())
        .map(ref -> context.getRegistry().lookupByName(ref.replaceFirst("^#", "")))
        .filter(Admission.class::isInstance)
        .map(Admission.class::cast);
  }

  @Override
  protected Future<Void> populateCamelMessage(
      RoutingContext ctx, Exchange exchange, Message message) {
    Future<Void> head = super.populateCamelMessage(ctx, exchange, message);
    return admission
        .map(step -> head.compose(done -> body(step, ctx.vertx(), exchange, ctx.request())))
        .orElse(head);
  }

  /** It looks at files and locks, so it is asked on a worker; the body comes on the event loop. */
  private static Future<Void> body(
      Admission step, Vertx vertx, Exchange exchange, HttpServerRequest request) {
    return vertx
        .executeBlocking(() -> step.admit(exchange), false)
        .onFailure(cause -> RequestBody.abandon(request))
        .compose(
            terms -> {
              if (terms.isEmpty()) {
                RequestBody.abandon(request);
                return Future.succeededFuture();
              }
              return gathered(new Gathering(vertx, request, terms.get()), exchange);
            });
  }

  private static Future<Void> gathered(Gathering gathering, Exchange exchange) {
    exchange.getExchangeExtension().addOnCompletion(new GivenBack(gathering.share()));
    return gathering
        .begin()
        .compose(
            gathered -> {
              exchange.getMessage().setBody(gathered);
              return Future.succeededFuture();
            });
  }

  /** However the exchange ends, what was read is garbage then. */
  private static final class GivenBack extends SynchronizationAdapter {
    private final BodyRoom.Share share;

    GivenBack(BodyRoom.Share share) {
      this.share = share;
    }

    @Override
    public void onDone(Exchange exchange) {
      share.close();
    }
  }
}
