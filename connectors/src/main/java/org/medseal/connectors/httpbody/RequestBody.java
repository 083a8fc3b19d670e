package org.medseal.connectors.httpbody;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.medseal.connectors.content.BlockInput;
import org.medseal.connectors.httpbody.BodyException.Reason;

/**
 * The body of a paused request as a stream: the sender is held back while nobody reads. The event
 * loop fills, one worker thread reads. A sender that is silent or too slow is given up.
 */
public final class RequestBody extends BlockInput {
  /** Buffers that may wait, each as large as a network read. */
  private static final int MOST_WAITING = 16;

  private final HttpServerRequest request;
  private final Pace pace;
  private final long startNs = System.nanoTime();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Buffer> waiting = new ArrayDeque<>();
  private boolean ended;
  private boolean failed;
  private boolean held;
  private Buffer current = Buffer.buffer();
  private int position;
  private long received;

  public RequestBody(HttpServerRequest request, Pace pace) {
    this.request = request;
    this.pace = pace;
  }

  /** To be called once, before anything is read. */
  public RequestBody begin() {
    listen(request, this::arrived, this::over);
    return this;
  }

  /** Has a paused request sent on; {@code over} is told whether it ended badly. */
  static void listen(HttpServerRequest request, Handler<Buffer> arrived, Handler<Boolean> over) {
    request.handler(arrived);
    request.endHandler(nothing -> over.handle(false));
    request.exceptionHandler(cause -> over.handle(true));
    if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
      request.response().writeContinue();
    }
    request.resume();
  }

  private void arrived(Buffer buffer) {
    lock.lock();
    try {
      waiting.add(buffer);
      received += buffer.length();
      if (waiting.size() >= MOST_WAITING && !held) {
        held = true;
        request.pause();
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void over(boolean badly) {
    lock.lock();
    try {
      ended = true;
      failed |= badly;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (position == current.length() && !take()) {
      return -1;
    }
    int count = Math.min(length, current.length() - position);
    current.getBytes(position, position + count, to, offset);
    position += count;
    return count;
  }

  /** False at the end. */
  private boolean take() throws IOException {
    lock.lock();
    try {
      long leftNs = TimeUnit.MILLISECONDS.toNanos(pace.silenceMs());
      while (waiting.isEmpty()) {
        if (failed || (!ended && (leftNs <= 0 || isTooSlow()))) {
          throw new BodyException(Reason.GONE, "the request stopped before its end");
        }
        if (ended) {
          return false;
        }
        leftNs = changed.awaitNanos(leftNs);
      }
      current = waiting.poll();
      position = 0;
      if (held && waiting.size() < MOST_WAITING / 2) {
        held = false;
        request.resume();
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BodyException(Reason.GONE, "interrupted while a request was read");
    } finally {
      lock.unlock();
    }
  }

  private boolean isTooSlow() {
    return pace.isTooSlow(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs), received);
  }

  /** {@link #abandon(HttpServerRequest)}, whoever reads it. */
  public void abandon() {
    lock.lock();
    try {
      waiting.clear();
      abandon(request);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets pass unseen what still comes of a request, so that the sender gets to read the answer, and
   * ends the connection with it.
   */
  public static void abandon(HttpServerRequest request) {
    request.response().putHeader("Connection", "close");
    if (!request.isEnded()) {
      request.handler(buffer -> {});
      request.resume();
    }
  }
}
