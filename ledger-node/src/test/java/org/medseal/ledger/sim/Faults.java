package org.medseal.ledger.sim;

import java.util.List;

/**
 * What goes wrong in a run.
 *
 * @param liar index of the Byzantine node, or -1
 * @param lossPercent messages lost while faults last
 * @param crashPerMille chance of dying at each write, sync and send
 */
record Faults(
    List<Long> stakes, int liar, Lie lie, int lossPercent, int crashPerMille, boolean partitions) {
  /** How the liar behaves. */
  enum Lie {
    EQUIVOCATES,
    SILENT
  }

  /** The kinds of run follow each other by seed, so that a few seeds cover all. */
  static Faults ofSeed(long seed) {
    int kind = (int) Math.floorMod(seed, 6L);
    List<Long> stakes =
        seed % 7 == 6 ? List.of(10L, 10L, 10L, 10L, 10L, 10L, 10L) : List.of(30L, 26L, 24L, 20L);
    int liar = (int) Math.floorMod(seed / 6, (long) stakes.size());
    return switch (kind) {
      case 0 -> new Faults(stakes, -1, Lie.SILENT, 0, 0, false);
      case 1 -> new Faults(stakes, -1, Lie.SILENT, 10, 0, true);
      case 2 -> new Faults(stakes, -1, Lie.SILENT, 2, 3, false);
      case 3 -> new Faults(stakes, liar, Lie.EQUIVOCATES, 2, 0, false);
      case 4 -> new Faults(stakes, liar, Lie.EQUIVOCATES, 10, 2, true);
      default -> new Faults(stakes, liar, Lie.SILENT, 5, 1, true);
    };
  }
}
