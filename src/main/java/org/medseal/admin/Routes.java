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

  private final CallRunner runner;
  private final WorkerExecutor workers;
  private final WorkerExecutor documents;
  private final Door door;

  /**
   * @param documents sends what is answered part by part
   */
  Routes(CallRunner runner, WorkerExecutor workers, WorkerExecutor documents, Door door) {
    this.runner = runner;
    this.workers = workers;
    this.documents = documents;
    this.door = door;
  }

  Router router(Vertx vertx, List<Call> calls, int bodyBytes) {
    Router router = Router.router(vertx);
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

  private void serve(Call call, RoutingContext context) {
    CallRunner.Caller caller =
        new CallRunner.Caller(
            Optional.ofNullable(context.request().getHeader(HttpHeaders.AUTHORIZATION)).orElse(""),
            () -> isLocal(context.request().remoteAddress()));
    Exchange.Inputs inputs = inputs(context);
    Callable<Answer> work = () -> runner.run(call, caller, inputs);
    Optional<Future<Answer>> begun =
        call.access() instanceof Access.Everybody
            ? door.enter(work)
            : Optional.of(workers.executeBlocking(work, false));
    if (begun.isEmpty()) {
      context.response().putHeader("Retry-After", Integer.toString(Door.RETRY_SECONDS));
      answer(context.response(), Problem.tooMany("Too many log in at this moment; try again."));
      return;
    }
    begun
        .get()
        .onComplete(
            done -> {
              if (done.succeeded()) {
                begin(context.response(), done.result());
              } else {
                answer(context.response(), CallRunner.logged(done.cause()));
              }
            });
  }

  private void begin(HttpServerResponse response, Answer answer) {
    if (answer.stream().isEmpty()) {
      answer(response, answer);
      return;
    }
    response.setStatusCode(answer.status());
    head(response, answer);
    InputStream body = answer.stream().get();
    documents.executeBlocking(
        () -> {
          new StreamedBody(response).send(body);
          return null;
        },
        false);
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

  private static void fail(RoutingContext context, int status) {
    Throwable cause = context.failure();
    Problem problem =
        status == 500 && cause != null ? CallRunner.logged(cause) : Problem.ofStatus(status);
    answer(context.response(), problem);
  }

  private static void answer(HttpServerResponse response, Problem problem) {
    answer(response, new Answer(problem.status(), Problem.MEDIA_TYPE, problem.body()));
  }

  private static void answer(HttpServerResponse response, Answer answer) {
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(answer.status());
    if (answer.status() == 401) {
      response.putHeader("WWW-Authenticate", "Bearer realm=\"medseal\"");
    }
    if (answer.status() == 204) {
      response.end();
      return;
    }
    head(response, answer);
    response.end(Buffer.buffer(answer.body()));
  }

  private static void head(HttpServerResponse response, Answer answer) {
    if (answer.isDocument()) {
      response.putHeader("Content-Disposition", "attachment");
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, answer.mediaType());
  }
}
