package org.medseal.admin;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.medseal.pages.Assets;
import org.medseal.pages.Audience;
import org.medseal.pages.Page;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.PageProblem;
import org.medseal.pages.PageRequest;
import org.medseal.pages.Preferences;
import org.medseal.pages.site.Site;

/** Between Vert.x and the pages. */
final class PageRoutes {
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final Site site;
  private final Routes.Rooms rooms;
  private final Replies replies;
  private final Connections connections;

  PageRoutes(Site site, Routes.Rooms rooms, Replies replies, Connections connections) {
    this.site = site;
    this.rooms = rooms;
    this.replies = replies;
    this.connections = connections;
  }

  /** Fixed paths before those with parameters. */
  void mount(Router router) {
    router.get(Assets.PREFIX + ":hash/:name").handler(this::asset);
    site.pages().stream()
        .sorted(Comparator.comparing(Page::path))
        .forEach(
            page ->
                router
                    .route(HttpMethod.valueOf(page.method()), Routes.pattern(page.path()))
                    .handler(context -> serve(page, context)));
  }

  /** Whether a person at a browser waits for the answer, not a program. */
  static boolean isForPerson(RoutingContext context) {
    return !Routes.isCall(context.request().path())
        && Browser.header(context.request(), "Accept").contains("text/html");
  }

  void problem(RoutingContext context, Problem problem) {
    PageProblem said = new PageProblem(problem.status(), problem.name(), problem.detail());
    // Without its parameters, which may be what cannot be read.
    send(context, site.problem(said, request(context, Map.of(), Map.of())), "");
  }

  private void asset(RoutingContext context) {
    connections.whole(context.request());
    Optional<Assets.Asset> found = site.assets().at(context.request().path());
    if (found.isEmpty()) {
      context.fail(404);
      return;
    }
    context.response().putHeader("Cache-Control", "public, max-age=31536000, immutable");
    replies.send(context, new Answer(200, found.get().mediaType(), found.get().content()));
  }

  private void serve(Page page, RoutingContext context) {
    connections.whole(context.request());
    boolean sent = page.method().equals("POST");
    if (sent && !Routes.mediaType(context).equals(FORM)) {
      context.fail(415);
      return;
    }
    Optional<Map<String, List<String>>> form =
        sent ? Form.decoded(body(context)) : Optional.of(Map.of());
    if (form.isEmpty()) {
      context.fail(400);
      return;
    }
    HttpServerRequest request = context.request();
    Site.Incoming incoming =
        new Site.Incoming(
            request(context, query(context), form.get()),
            Browser.token(request),
            Browser.fromOwnPage(request));
    Callable<Site.Served> work = () -> site.serve(page, incoming);
    Optional<Future<Site.Served>> begun =
        page.audience() instanceof Audience.Everybody
            ? rooms.door().enter(work)
            : Optional.of(rooms.inside().executeBlocking(work, false));
    if (begun.isEmpty()) {
      Replies.comeBack(context);
      problem(context, Problem.tooMany(""));
      return;
    }
    begun
        .get()
        .onSuccess(served -> send(context, served.answer(), served.login()))
        .onFailure(failure -> problem(context, CallRunner.logged(failure)));
  }

  private void send(RoutingContext context, PageAnswer answer, String login) {
    if (!Replies.isOver(context)) {
      HttpServerResponse response = context.response();
      response
          .putHeader("Content-Security-Policy", POLICY)
          .putHeader("Referrer-Policy", "same-origin")
          .putHeader("Cross-Origin-Opener-Policy", "same-origin")
          .putHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
      answer.headers().forEach(response::putHeader);
    }
    replies.send(
        context,
        new Answer(
            answer.status(),
            answer.mediaType(),
            answer.body(),
            answer.stream(),
            new Answer.Receiver(login, answer.cookies())));
  }

  private static byte[] body(RoutingContext context) {
    Buffer body = context.body().buffer();
    return body == null ? new byte[0] : body.getBytes();
  }

  static Map<String, List<String>> query(RoutingContext context) {
    Map<String, List<String>> query = new HashMap<>();
    MultiMap parameters = context.queryParams();
    parameters.names().forEach(name -> query.put(name, parameters.getAll(name)));
    return query;
  }

  private static PageRequest request(
      RoutingContext context, Map<String, List<String>> query, Map<String, List<String>> form) {
    HttpServerRequest request = context.request();
    Map<String, String> cookies = new HashMap<>();
    request.cookies().forEach(cookie -> cookies.putIfAbsent(cookie.getName(), cookie.getValue()));
    return new PageRequest(
        request.uri(),
        Map.copyOf(context.pathParams()),
        query,
        form,
        cookies,
        Preferences.of(cookies, Browser.header(request, "Accept-Language")),
        Browser.header(request, "HX-Request").equals("true"));
  }
}
