package org.medseal.connectors.message;

import org.medseal.connectors.deidentify.Format;

/**
 * A message handed to one worker until it is moved on, released, or the lease runs out.
 *
 * @param attempt from 1, counted since start-up
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, up to 32 MiB
public record Lease(String id, String feed, Format format, byte[] raw, int attempt, long token) {
  @Override
  public String toString() {
    return "Lease[" + id + ", " + feed + ", " + format + "]";
  }
}
