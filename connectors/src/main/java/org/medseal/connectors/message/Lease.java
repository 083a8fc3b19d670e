package org.medseal.connectors.message;

import org.medseal.connectors.content.Content;
import org.medseal.connectors.deidentify.Format;

/**
 * A message handed to one worker until it is moved on, released, or the lease runs out.
 *
 * @param attempt from 1, counted since start-up
 */
public record Lease(
    String id, String feed, Format format, Content content, int attempt, long token) {
  /** On the heap: for formats whose messages are never larger than that bears. */
  public byte[] raw() {
    return content.bytes();
  }

  /** Larger than the journal takes: read it from {@link #content} piece by piece. */
  public boolean isSpooled() {
    return content instanceof SpooledContent;
  }

  @Override
  public String toString() {
    return "Lease[" + id + ", " + feed + ", " + format + "]";
  }
}
