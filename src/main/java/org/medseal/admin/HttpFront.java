package org.medseal.admin;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.medseal.pages.site.Site;

/**
 * Calls and pages behind an HTTP server, with the threads and the patience they are served with.
 */
record HttpFront(
    CallRunner runner, List<Call> calls, Optional<Site> site, int bodyBytes, Patience patience) {
  private static final int WORKERS = 12;

  /** Parts of documents read at a time; another node may be asked for one of them. */
  private static final int DOCUMENT_READERS = 8;

  private static final int FORM_FIELDS = 1_000;

  HttpFront {
    calls = List.copyOf(calls);
  }

  /** Calls alone, without pages. */
  HttpFront(CallRunner runner, List<Call> calls, int bodyBytes, Patience patience) {
    this(runner, calls, Optional.empty(), bodyBytes, patience);
  }

  /** Not listening yet. One front is enough for a Vert.x. */
  HttpServer server(Vertx vertx, HttpServerOptions options) {
    WorkerExecutor readers =
        vertx.createSharedWorkerExecutor("medseal-documents", DOCUMENT_READERS, 1, TimeUnit.DAYS);
    Connections connections = new Connections(vertx, patience);
    Routes.Rooms rooms =
        new Routes.Rooms(
            vertx.createSharedWorkerExecutor("medseal-admin", WORKERS),
            Door.ofAll(vertx),
            Door.ofObservers(vertx));
    Replies replies =
        new Replies(
            rooms.inside(),
            new Documents(new StreamedBody.Means(vertx, readers, patience, connections)),
            connections);
    Optional<PageRoutes> pages =
        site.map(each -> new PageRoutes(each, rooms, replies, connections));
    Routes routes = new Routes(runner, rooms, replies, pages, connections);
    return vertx
        .createHttpServer(
            options
                .setIdleTimeout(0)
                .setHttp2ClearTextEnabled(false)
                .setMaxFormAttributeSize(bodyBytes)
                .setMaxFormBufferedBytes(bodyBytes)
                .setMaxFormFields(FORM_FIELDS))
        .connectionHandler(connections::opened)
        .invalidRequestHandler(Routes::refuse)
        .requestHandler(routes.router(vertx, calls, bodyBytes));
  }
}
