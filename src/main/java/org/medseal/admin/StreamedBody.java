package org.medseal.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Sends a body part by part, as fast as the client reads. What fails midway never ends the answer
 * properly: a client cannot take a part for the whole.
 */
final class StreamedBody {
  private static final int PART_BYTES = 64 << 10;
  private static final int STALLED_SECONDS = 60;

  private final HttpServerResponse response;
  private final Semaphore drained = new Semaphore(0);

  StreamedBody(HttpServerResponse response) {
    this.response = response;
  }

  /** On a worker thread, until all is handed over; closes the body. */
  void send(InputStream body) {
    boolean whole = false;
    try (body) {
      response.setChunked(true);
      byte[] part = new byte[PART_BYTES];
      int count = body.readNBytes(part, 0, part.length);
      while (count > 0) {
        awaitRoom();
        response.write(Buffer.buffer().appendBytes(part, 0, count));
        count = body.readNBytes(part, 0, part.length);
      }
      whole = true;
    } catch (IOException e) {
      CallRunner.logged(e);
    } catch (RuntimeException e) { // the answer's edge: it has begun and cannot become a problem
      CallRunner.logged(e);
    } finally {
      if (whole) {
        response.end();
      } else {
        response.reset();
      }
    }
  }

  private void awaitRoom() throws IOException {
    if (!response.writeQueueFull()) {
      return;
    }
    drained.drainPermits();
    response.drainHandler(room -> drained.release());
    try {
      while (response.writeQueueFull()) {
        if (response.closed() || !drained.tryAcquire(STALLED_SECONDS, TimeUnit.SECONDS)) {
          throw new IOException("the client does not read on");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while answering", e);
    }
  }
}
