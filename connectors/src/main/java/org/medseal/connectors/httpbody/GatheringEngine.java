package org.medseal.connectors.httpbody;

import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * What routes from {@code platform-http:} listen by, once it is bound as {@link #BEAN}: as Camel's
 * own, but no thread waits for a body that an {@link Admission} wants.
 */
public final class GatheringEngine extends VertxPlatformHttpEngine {
  /** Name by which Camel looks for it. */
  public static final String BEAN = PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME;

  @Override
  public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
    return new GatheringConsumer(
        endpoint, processor, this, VertxPlatformHttpRouter.getRouterNameFromPort(getServerPort()));
  }
}
