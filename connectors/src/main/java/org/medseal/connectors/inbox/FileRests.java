package org.medseal.connectors.inbox;

import java.time.Duration;

/**
 * How long a picked-up file has not grown before it is taken.
 *
 * @param unmarked where nothing in it tells the end: an export writes page by page, and nothing
 *     says which is the last
 * @param unfinished where its end is missing: longer than any upload stands still, for what is
 *     written after it was taken is lost
 */
public record FileRests(Duration unmarked, Duration unfinished) {
  public static final FileRests STANDARD =
      new FileRests(Duration.ofSeconds(3), Duration.ofMinutes(10));
}
