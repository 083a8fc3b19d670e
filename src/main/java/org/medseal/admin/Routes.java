package org.medseal.admin;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.InetAddress;
import java.net.UnknownHostException;
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
  private final Replies replies;
  private final Optional<PageRoutes> pages;
  private final Connections connections;

  /** Where calls run: of people, of anybody, of this machine's questions to the ledger. */
  record Rooms(WorkerExecutor inside, Door door, Door observers) {}

  Routes(
      CallRunner runner,
      Rooms rooms,
      Replies replies,
      Optional<PageRoutes> pages,
      Connections connections) {
    this.runner = runner;
    this.rooms = rooms;
    this.replies = replies;
    this.pages = pages;
    this.connections = connections;
  }

  Router router(Vertx vertx, List<Call> calls, int bodyBytes) {
    Router router = Router.router(vertx);
    router.route().failureHandler(Routes::unlessGone).handler(this::begun);
    router.route().handler(Routes::secureHeaders);
    router.route().handler(Routes::requireOnePart);
    router.route().handler(BodyHandler.create(false).setBodyLimit(bodyBytes));
    for (Call call : calls) {
      router
          .route(HttpMethod.valueOf(call.method()), path(call))
          .handler(context -> serve(call, context));
    }
    pages.ifPresent(all -> all.mount(router));
    for (int status : new int[] {400, 404, 405, 406, 413, 415, 500}) {
      router.errorHandler(status, context -> fail(context, status));
    }
    return router;
  }

  static String path(Call call) {
    String path = call.path().startsWith(OBSERVE) ? call.path() : API + call.path();
    return pattern(path);
  }

  /** As Vert.x writes it. */
  static String pattern(String path) {
    return path.replaceAll("\\{([A-Za-z]+)}", ":$1");
  }

  static boolean isCall(String path) {
    return path != null && (path.startsWith("/api/") || path.startsWith(OBSERVE + "/"));
  }

  static String mediaType(RoutingContext context) {
    String mediaType = Browser.header(context.request(), HttpHeaders.CONTENT_TYPE.toString());
    return mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
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
    Optional<Future<Answer>> begun = begin(call, work(call, context));
    if (begun.isEmpty()) {
      replies.later(context, "Too many calls without a login at this moment; try again.");
      return;
    }
    begun
        .get()
        .onComplete(
            done -> {
              if (done.succeeded()) {
                replies.send(context, done.result());
              } else {
                replies.problem(context, CallRunner.logged(done.cause()));
              }
            });
  }

  private Callable<Answer> work(Call call, RoutingContext context) {
    Exchange.Inputs inputs = inputs(context);
    try {
      String header = Browser.header(context.request(), HttpHeaders.AUTHORIZATION.toString());
      String authorization =
          call.access() instanceof Access.Everybody
              ? header
              : Browser.authorization(context.request());
      CallRunner.Caller caller =
          new CallRunner.Caller(
              authorization,
              () -> isLocal(context.request().remoteAddress()),
              authorization.equals(header) ? CallRunner.By.PROGRAM : CallRunner.By.COOKIE);
      return () -> runner.run(call, caller, inputs);
    } catch (ProblemException crossSite) {
      CallRunner.Caller caller = CallRunner.Caller.ofPage(Browser.token(context.request()), false);
      return () -> runner.run(call.refusing(crossSite), caller, inputs);
    }
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

  private static Exchange.Inputs inputs(RoutingContext context) {
    Buffer body = context.body().buffer();
    return new Exchange.Inputs(
        Map.copyOf(context.pathParams()),
        PageRoutes.query(context),
        mediaType(context),
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

  /** Nothing here takes parts, and what reads them answers some that are none with a failure. */
  private static void requireOnePart(RoutingContext context) {
    if (mediaType(context).startsWith("multipart/")) {
      context.fail(415);
    } else {
      context.next();
    }
  }

  private static void secureHeaders(RoutingContext context) {
    secure(context.response());
    context.next();
  }

  private static HttpServerResponse secure(HttpServerResponse response) {
    return response
        .putHeader(
            "Content-Security-Policy",
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Cache-Control", "no-store")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("Strict-Transport-Security", "max-age=31536000");
  }

  /** What cannot be read as a request has no path to go by, and nothing after it can be read. */
  @SuppressWarnings("FutureReturnValueIgnored") // the close handler hears of it
  static void refuse(HttpServerRequest unreadable) {
    Throwable cause = unreadable.decoderResult().cause();
    int status =
        cause instanceof TooLongHttpLineException
            ? 414
            : cause instanceof TooLongHttpHeaderException ? 431 : 400;
    secure(unreadable.response())
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .end(Buffer.buffer(Problem.ofStatus(status).body()));
    unreadable.connection().close();
  }

  private void fail(RoutingContext context, int status) {
    Throwable cause = context.failure();
    Problem problem =
        status == 500 && cause != null ? CallRunner.logged(cause) : Problem.ofStatus(status);
    if (pages.isPresent() && PageRoutes.isForPerson(context)) {
      pages.get().problem(context, problem);
    } else {
      replies.problem(context, problem);
    }
  }
}
