package org.medseal.admin;

import java.time.Duration;

/**
 * How long the endpoint waits for its callers; they may wait for it as long as a call takes.
 *
 * @param request from the connection, or the answer before, to the whole head of the next request
 * @param body from a request's head to the end of its body
 * @param reader until a caller has taken the next part of its answer
 * @param connections open at a time
 * @param documents being sent at a time
 */
record Patience(Duration request, Duration body, Duration reader, int connections, int documents) {
  Patience {
    if (connections < 1 || documents < 1) {
      throw new IllegalArgumentException("at least one connection and one document");
    }
  }

  static Patience standard() {
    Duration minute = Duration.ofMinutes(1);
    return new Patience(minute, Duration.ofSeconds(30), minute, 256, 64);
  }
}
