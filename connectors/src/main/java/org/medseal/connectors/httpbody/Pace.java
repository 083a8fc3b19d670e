package org.medseal.connectors.httpbody;

/**
 * What a sender is waited for.
 *
 * @param silenceMs so long it may send nothing, and so long it may be slower
 * @param slowestBytesPerSecond on average after that
 */
public record Pace(long silenceMs, long slowestBytesPerSecond) {
  /** {@code waitedMs} since it could begin to send. */
  boolean isTooSlow(long waitedMs, long receivedBytes) {
    long ms = waitedMs - silenceMs;
    return ms > 0 && receivedBytes * 1000 < ms * slowestBytesPerSecond;
  }
}
