package org.medseal.ledger.sim;

/** Where a node may die: around every write, sync and send. */
@FunctionalInterface
interface CrashPoints {
  /** Throws {@link Crash} when the node dies here. */
  void at(String point);

  /** The node is gone; nothing after this ran. */
  final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Crash(String point) {
      super(point, null, false, false);
    }
  }
}
