package org.medseal.connectors.dicomnet;

import java.time.Duration;

/**
 * How long a peer is waited for.
 *
 * @param artim for its first PDU after the connection, and for its close (PS3.8 section 9.1.5)
 * @param idle between two messages
 * @param data for the next whole PDU inside a message, or for an answer
 * @param write until it has taken what we send
 */
public record AssociationTimers(Duration artim, Duration idle, Duration data, Duration write) {
  public AssociationTimers {
    require(artim, "artim");
    require(idle, "idle");
    require(data, "data");
    require(write, "write");
  }

  /** Half a minute each, five minutes between messages. */
  public static AssociationTimers defaults() {
    Duration half = Duration.ofSeconds(30);
    return new AssociationTimers(half, Duration.ofMinutes(5), half, half);
  }

  private static void require(Duration time, String name) {
    if (time.toMillis() < 1) {
      throw new IllegalArgumentException(name + " must be positive, is " + time);
    }
  }
}
