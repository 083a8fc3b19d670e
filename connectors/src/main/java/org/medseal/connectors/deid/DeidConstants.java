package org.medseal.connectors.deid;

/** Names of {@code deid:}. */
public final class DeidConstants {
  /** Places named when no path of the message can be. */
  public static final String PLACE_UNKNOWN = "message";

  private DeidConstants() {}
}
