package org.medseal.admin;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Between Vert.x and the calls: paths, headers, worker threads, refusals before any call. */
final class Routes {
  private static final String API = "/api/v1";
  private static final String OBSERVE = "/observe";
  private static final String OBSERVED_LEDGER = OBSERVE + "/ledger";

  private final CallRunner runner;
  private final Rooms rooms;
  private final Documents documents;
  private final Connections connections;

  /** Where calls run: of people, of anybody, of this machine's questions to the ledger. */
  record Rooms(WorkerExecutor inside, Door door, Door observers) {}

  Routes(CallRunner runner, Rooms rooms, Documents documents, Connections connections) {
    this.runner = runner;
    this.rooms = rooms;
    this.documents = documents;
    this.connections = connections;
  }

  Router router(Vertx vertx, List<Call> calls, int bodyBytes) {
    Router router = Router.router(vertx);
    router.route().failureHandler(Routes::unlessGone).handler(this::begun);
    router.route().handler(Routes::secureHeaders);
    router.route().handler(BodyHandler.create(false).setBodyLimit(bodyBytes));
    for (Call call : calls) {
      router
          .route(HttpMethod.valueOf(call.method()), path(call))
          .handler(context -> serve(call, context));
    }
    for (int status : new int[] {400, 404, 405, 406, 413, 415, 500}) {
      router.errorHandler(status, context -> fail(context, status));
    }
    return router;
  }

  static String path(Call call) {
    String path = call.path().startsWith(OBSERVE) ? call.path() : API + call.path();
    return path.replaceAll("\\{([A-Za-z]+)}", ":$1");
  }

  /** Nobody is left to be told, nor is it worth a line in the log that a caller has gone. */
  private static void unlessGone(RoutingContext context) {
    if (!context.response().closed() && !context.response().ended()) {
      context.next();
    }
  }

  private void begun(RoutingContext context) {
    connections.begun(context.request());
    context.next();
  }

  private void serve(Call call, RoutingContext context) {
    connections.whole(context.request());
    CallRunner.Caller caller =
        new CallRunner.Caller(
            Optional.ofNullable(context.request().getHeader(HttpHeaders.AUTHORIZATION)).orElse(""),
            () -> isLocal(context.request().remoteAddress()));
    Exchange.Inputs inputs = inputs(context);
    Callable<Answer> work = () -> runner.run(call, caller, inputs);
    Optional<Future<Answer>> begun = begin(call, work);
    if (begun.isEmpty()) {
      later(context, "Too many call without a login at this moment; try again.");
      return;
    }
    begun
        .get()
        .onComplete(
            done -> {
              if (done.succeeded()) {
                finish(context, done.result());
              } else {
                answer(context, CallRunner.logged(done.cause()));
              }
            });
  }

  /** Empty when the room is full. */
  private Optional<Future<Answer>> begin(Call call, Callable<Answer> work) {
    if (call.access() instanceof Access.Everybody) {
      return rooms.door().enter(work);
    }
    return call.path().startsWith(OBSERVED_LEDGER)
        ? rooms.observers().enter(work)
        : Optional.of(rooms.inside().executeBlocking(work, false));
  }

  private void finish(RoutingContext context, Answer answer) {
    if (answer.stream().isEmpty()) {
      answer(context, answer);
      return;
    }
    InputStream body = answer.stream().get();
    if (context.response().closed() || !documents.hasRoom(answer.user())) {
      rooms.inside().executeBlocking(() -> closed(body), false).onFailure(CallRunner::logged);
      later(context, "Too many documents are being sent at this moment; try again.");
      return;
    }
    context.response().setStatusCode(answer.status());
    head(context.response(), answer);
    documents.send(context.request(), body, answer.user());
  }

  private static Void closed(InputStream body) throws IOException {
    body.close();
    return null;
  }

  private void later(RoutingContext context, String detail) {
    if (!context.response().closed()) {
      context.response().putHeader("Retry-After", Integer.toString(Door.RETRY_SECONDS));
    }
    answer(context, Problem.tooMany(detail));
  }

  private static Exchange.Inputs inputs(RoutingContext context) {
    Map<String, List<String>> query = new HashMap<>();
    MultiMap parameters = context.queryParams();
    parameters.names().forEach(name -> query.put(name, parameters.getAll(name)));
    String mediaType =
        Optional.ofNullable(context.request().getHeader(HttpHeaders.CONTENT_TYPE)).orElse("");
    Buffer body = context.body().buffer();
    return new Exchange.Inputs(
        Map.copyOf(context.pathParams()),
        query,
        mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT),
        body == null ? new byte[0] : body.getBytes());
  }

  static boolean isLocal(SocketAddress address) {
    try {
      return address != null
          && address.hostAddress() != null
          && InetAddress.getByName(address.hostAddress()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static void secureHeaders(RoutingContext context) {
    context
        .response()
        .putHeader(
            "Content-Security-Policy",
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Cache-Control", "no-store")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("Strict-Transport-Security", "max-age=31536000");
    context.next();
  }

  private void fail(RoutingContext context, int status) {
    Throwable cause = context.failure();
    Problem problem =
        status == 500 && cause != null ? CallRunner.logged(cause) : Problem.ofStatus(status);
    answer(context, problem);
  }

  private void answer(RoutingContext context, Problem problem) {
    answer(context, new Answer(problem.status(), Problem.MEDIA_TYPE, problem.body()));
  }

  private void answer(RoutingContext context, Answer answer) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(answer.status());
    if (answer.status() == 401) {
      response.putHeader("WWW-Authenticate", "Bearer realm=\"medseal\"");
    }
    if (answer.status() != 204) {
      head(response, answer);
    }
    connections.answering(context.request(), answer.body().length);
    Future<Void> sent =
        answer.status() == 204 ? response.end() : response.end(Buffer.buffer(answer.body()));
    sent.onComplete(done -> connections.answered(context.request()));
  }

  private static void head(HttpServerResponse response, Answer answer) {
    if (answer.isDocument()) {
      response.putHeader("Content-Disposition", "attachment");
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, answer.mediaType());
  }
}
