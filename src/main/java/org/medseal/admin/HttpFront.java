package org.medseal.admin;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Calls behind an HTTP server, with the threads and the patience they are served with. */
record HttpFront(CallRunner runner, List<Call> calls, int bodyBytes, Patience patience) {
  private static final int WORKERS = 12;

  /** Parts of documents read at a time; another node may be asked for one of them. */
  private static final int DOCUMENT_READERS = 8;

  HttpFront {
    calls = List.copyOf(calls);
  }

  /** Not listening yet. One front is enough for a Vert.x. */
  HttpServer server(Vertx vertx, HttpServerOptions options) {
    WorkerExecutor readers =
        vertx.createSharedWorkerExecutor("medseal-documents", DOCUMENT_READERS, 1, TimeUnit.DAYS);
    Connections connections = new Connections(vertx, patience);
    Routes routes =
        new Routes(
            runner,
            new Routes.Rooms(
                vertx.createSharedWorkerExecutor("medseal-admin", WORKERS),
                Door.ofAll(vertx),
                Door.ofObservers(vertx)),
            new Documents(new StreamedBody.Means(vertx, readers, patience, connections)),
            connections);
    return vertx
        .createHttpServer(options.setIdleTimeout(0).setHttp2ClearTextEnabled(false))
        .connectionHandler(connections::opened)
        .requestHandler(routes.router(vertx, calls, bodyBytes));
  }
}
