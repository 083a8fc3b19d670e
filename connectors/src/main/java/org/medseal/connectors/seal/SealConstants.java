package org.medseal.connectors.seal;

/** Names of {@code seal:}. */
public final class SealConstants {
  /** Place of a message that was quarantined because it could not be sealed. */
  public static final String PLACE_SEAL = "sealing";

  private SealConstants() {}
}
