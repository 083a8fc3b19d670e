package org.medseal.connectors.httpaccess;

import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Whose HTTPS servers ask a client for its certificate and take it without one too: which path
 * wants one is found out later. Camel's own listener has no setting for that, but takes the Vert.x
 * it finds in the registry.
 */
public final class AskingVertx extends VertxWrapper {
  private AskingVertx() {
    super((VertxInternal) Vertx.vertx());
  }

  @Override
  public HttpServer createHttpServer(HttpServerOptions options) {
    return super.createHttpServer(options.setClientAuth(ClientAuth.REQUEST));
  }

  /** For the listener of a context, which it ends with. */
  public static void in(CamelContext context) {
    try {
      context.addService(new Held(new AskingVertx(), context.getRegistry()));
    } catch (Exception e) { // Camel's own signature; there is nothing in it to fail
      throw new IllegalStateException("the HTTP listener cannot be made", e);
    }
  }

  private static final class Held extends ServiceSupport {
    private final AskingVertx vertx;

    Held(AskingVertx vertx, Registry registry) {
      this.vertx = vertx;
      registry.bind("askingVertx", vertx);
    }

    @Override
    protected void doStop() {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
