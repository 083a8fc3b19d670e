package org.medseal.ledger.net;

import java.util.function.LongSupplier;
import org.medseal.ledger.engine.embedded.Allowance;

/**
 * How often what a stranger or a banned peer does may be logged: whoever knocks again and again
 * must not fill the disk. From any thread.
 */
final class Complaints {
  private static final int AT_ONCE = 20;
  private static final int PER_SECOND = 1;

  private final LongSupplier clockMs;
  private final Allowance allowance;

  Complaints(LongSupplier clockMs) {
    this.clockMs = clockMs;
    this.allowance = new Allowance(AT_ONCE, PER_SECOND, clockMs.getAsLong());
  }

  synchronized boolean mayComplain() {
    return allowance.take(clockMs.getAsLong());
  }
}
