package org.medseal.pages.account;

import java.util.List;

/** What waits for the visitor. */
record Home(List<Tile> tiles) {

  /**
   * @param figure a number, or a dash where it could not be had
   * @param text key of its text
   * @param tone class of its look; may be empty
   */
  record Tile(String path, String figure, String text, String tone) {}
}
