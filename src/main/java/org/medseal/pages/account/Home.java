package org.medseal.pages.account;

import java.util.List;

/** What waits for the visitor, and how the node's copy of the ledger stands. */
record Home(List<Tile> tiles, LedgerState ledger) {

  /**
   * Something to look at, and how much of it there is.
   *
   * @param figure a number, or a dash where it could not be had
   * @param text key of its text
   * @param tone class of its look; may be empty
   */
  record Tile(String path, String figure, String text, String tone) {}

  /**
   * The own copy.
   *
   * @param waitingFor a sentence of the node's, in English
   */
  record LedgerState(
      long height, String blockTime, boolean anonymous, String cause, String waitingFor) {

    /** Last part of the key of the word for it. */
    String mood() {
      return switch (cause) {
        case "NOTHING_PENDING", "COLLECTING" -> "well";
        case "PROPOSER", "VOTES", "BUSY", "SYNCING" -> "working";
        case "", "UNKNOWN" -> "unknown";
        default -> "stuck";
      };
    }

    String tone() {
      return switch (mood()) {
        case "well" -> "ok";
        case "working" -> "info";
        case "unknown" -> "";
        default -> "bad";
      };
    }
  }
}
