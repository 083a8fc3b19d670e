package org.medseal.admin;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Ends connections that let the server wait: for a request, for the rest of one, for taking an
 * answer. One that waits for the server is left in peace however long its call takes. When too many
 * are open, the one that has let it wait longest gives way. On the event loop only.
 */
final class Connections {
  /** For a caller that was refused to hear of it before it has sent all it wanted to. */
  private static final Duration REFUSED = Duration.ofSeconds(2);

  /** Slower than this and {@link Patience#reader} nobody reads an answer. */
  private static final int BYTES_PER_SECOND = 16 << 10;

  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final Patience patience;

  /** The timer of each, the longest waited for first; those that wait for the server have none. */
  private final Map<HttpConnection, Long> timers = new LinkedHashMap<>();

  Connections(Vertx vertx, Patience patience) {
    this.vertx = vertx;
    this.patience = patience;
  }

  void opened(HttpConnection connection) {
    if (timers.size() >= patience.connections() && !oneGivesWay()) {
      end(connection);
      return;
    }
    connection.closeHandler(closed -> stop(connection));
    timers.put(connection, NO_TIMER);
    await(connection, patience.request());
  }

  /** The head is here. */
  void begun(HttpServerRequest request) {
    await(request.connection(), patience.body());
  }

  /** The body, too: now the caller waits. */
  void whole(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    if (stop(connection)) {
      timers.put(connection, NO_TIMER);
    }
  }

  /** An answer of so many bytes is on its way. */
  void answering(HttpServerRequest request, int sizeBytes) {
    await(request.connection(), patience.reader().plusSeconds(sizeBytes / BYTES_PER_SECOND));
  }

  /** The next request may come; of one that was answered before its end no more is read. */
  void answered(HttpServerRequest request) {
    await(request.connection(), request.isEnded() ? patience.request() : REFUSED);
  }

  private boolean oneGivesWay() {
    Iterator<Map.Entry<HttpConnection, Long>> all = timers.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<HttpConnection, Long> each = all.next();
      if (each.getValue() != NO_TIMER) {
        vertx.cancelTimer(each.getValue());
        all.remove();
        end(each.getKey());
        return true;
      }
    }
    return false;
  }

  /** Anew, from now on, unless it is closed already. */
  private void await(HttpConnection connection, Duration atMost) {
    if (stop(connection)) {
      timers.put(connection, vertx.setTimer(atMost.toMillis(), due -> end(connection)));
    }
  }

  /** At once: closing in the ordinary way waits for what the caller does not read. */
  @SuppressWarnings("FutureReturnValueIgnored") // the close handler hears of it
  static void end(HttpConnection connection) {
    if (connection instanceof ConnectionBase open) {
      open.channelHandlerContext().close();
    } else {
      connection.close();
    }
  }

  /** False for one that is closed. */
  private boolean stop(HttpConnection connection) {
    Long timer = timers.remove(connection);
    if (timer != null && timer != NO_TIMER) {
      vertx.cancelTimer(timer);
    }
    return timer != null;
  }
}
