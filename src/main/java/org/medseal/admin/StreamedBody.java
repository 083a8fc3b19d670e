package org.medseal.admin;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * Sends a body part by part, as fast as the client reads: a worker is held while a part is read
 * from the body, none while the client takes its time. What fails midway never ends the answer
 * properly: a client cannot take a part for the whole. On the event loop only.
 */
final class StreamedBody {
  private static final int PART_BYTES = 64 << 10;

  /** What sends: threads that read, and what gives up a client. */
  record Means(Vertx vertx, WorkerExecutor readers, Patience patience, Connections connections) {}

  private final Means means;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final InputStream body;
  private final Consumer<StreamedBody> over;
  private boolean reading;
  private boolean awaitingRoom;
  private boolean ended;
  private long timer;

  /**
   * @param over called once, when the last part is handed over or nothing more will be
   */
  StreamedBody(
      Means means, HttpServerRequest request, InputStream body, Consumer<StreamedBody> over) {
    this.means = means;
    this.request = request;
    this.response = request.response();
    this.body = body;
    this.over = over;
  }

  void send() {
    response.setChunked(true);
    response.closeHandler(gone -> breakOff());
    next();
  }

  /** Whether nothing can be done until the client has read on. */
  boolean awaitsReader() {
    return awaitingRoom;
  }

  private void next() {
    if (ended) {
      return;
    }
    if (response.writeQueueFull()) {
      awaitRoom();
      return;
    }
    reading = true;
    means
        .readers()
        .executeBlocking(() -> body.readNBytes(PART_BYTES), false)
        .onComplete(
            read -> {
              reading = false;
              if (read.failed()) {
                CallRunner.logged(read.cause());
                breakOff();
              } else if (ended) {
                close();
              } else if (read.result().length == 0) {
                whole();
              } else {
                response.write(Buffer.buffer(read.result()));
                next();
              }
            });
  }

  private void awaitRoom() {
    awaitingRoom = true;
    timer = means.vertx().setTimer(means.patience().reader().toMillis(), due -> breakOff());
    response.drainHandler(
        room -> {
          if (awaitingRoom) {
            awaitingRoom = false;
            means.vertx().cancelTimer(timer);
            next();
          }
        });
  }

  private void whole() {
    ended = true; // nothing follows: a close of the connection is no failure any more
    means.connections().answering(request, PART_BYTES);
    response.end().onComplete(done -> means.connections().answered(request));
    close();
  }

  /** Whatever is open ends here; a part that is being read is waited for. */
  void breakOff() {
    if (ended) {
      return;
    }
    ended = true;
    means.vertx().cancelTimer(timer);
    Connections.end(request.connection());
    if (!reading) {
      close();
    }
  }

  private void close() {
    over.accept(this);
    means
        .readers()
        .executeBlocking(
            () -> {
              body.close();
              return null;
            },
            false)
        .onFailure(CallRunner::logged);
  }
}
