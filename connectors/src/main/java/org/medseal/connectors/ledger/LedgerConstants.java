package org.medseal.connectors.ledger;

/** Defaults of {@code ledger:}. */
public final class LedgerConstants {
  /** How often what is not committed is looked at. */
  public static final long TICK_MS = 1_000;

  /** After this long without a commit the same bytes are sent again. */
  public static final long RESEND_MS = 30_000;

  private LedgerConstants() {}
}
