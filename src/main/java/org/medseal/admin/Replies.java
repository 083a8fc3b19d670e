package org.medseal.admin;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;

/** Sends what calls and pages answer, with the patience due to who reads it. On the event loop. */
final class Replies {
  private final WorkerExecutor workers;
  private final Documents documents;
  private final Connections connections;

  Replies(WorkerExecutor workers, Documents documents, Connections connections) {
    this.workers = workers;
    this.documents = documents;
    this.connections = connections;
  }

  /** A request that nobody reads the answer of any more is answered by nothing. */
  static boolean isOver(RoutingContext context) {
    return context.response().ended() || context.response().closed();
  }

  void send(RoutingContext context, Answer answer) {
    if (answer.stream().isEmpty()) {
      whole(context, answer);
    } else {
      streamed(context, answer);
    }
  }

  void problem(RoutingContext context, Problem problem) {
    send(context, Answer.of(problem));
  }

  void later(RoutingContext context, String detail) {
    comeBack(context);
    problem(context, Problem.tooMany(detail));
  }

  static void comeBack(RoutingContext context) {
    if (!context.response().closed()) {
      context.response().putHeader("Retry-After", Integer.toString(Door.RETRY_SECONDS));
    }
  }

  private void streamed(RoutingContext context, Answer answer) {
    InputStream body = answer.stream().orElseThrow();
    if (context.response().closed() || !documents.hasRoom(answer.user())) {
      workers.executeBlocking(() -> closed(body), false).onFailure(CallRunner::logged);
      later(context, "Too many documents are being sent at this moment; try again.");
      return;
    }
    context.response().setStatusCode(answer.status());
    cookies(context.response(), answer);
    head(context.response(), answer);
    documents.send(context.request(), body, answer.user());
  }

  private static Void closed(InputStream body) throws IOException {
    body.close();
    return null;
  }

  private void whole(RoutingContext context, Answer answer) {
    if (isOver(context)) {
      return;
    }
    HttpServerResponse response = context.response();
    response.setStatusCode(answer.status());
    cookies(response, answer);
    if (answer.status() == 401 && answer.mediaType().equals(Problem.MEDIA_TYPE)) {
      response.putHeader("WWW-Authenticate", "Bearer realm=\"medseal\"");
    }
    if (!answer.mediaType().isEmpty()) {
      head(response, answer);
    }
    connections.answering(context.request(), answer.body().length);
    Future<Void> sent =
        answer.status() == 204 ? response.end() : response.end(Buffer.buffer(answer.body()));
    sent.onComplete(done -> connections.answered(context.request()));
  }

  private static void cookies(HttpServerResponse response, Answer answer) {
    if (!answer.receiver().cookies().isEmpty()) {
      response.putHeader("Set-Cookie", answer.receiver().cookies());
    }
  }

  private static void head(HttpServerResponse response, Answer answer) {
    if (answer.isDocument() && !response.headers().contains("Content-Disposition")) {
      response.putHeader("Content-Disposition", "attachment");
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, answer.mediaType());
  }
}
