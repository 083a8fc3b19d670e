package org.medseal.ledger.stake;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medseal.ledger.model.Bytes;

/**
 * Who was missing in which of the newest blocks.
 *
 * @param windowBlocks over which absence is counted
 * @param windows by institution of the set
 */
public record Attendance(int windowBlocks, SortedMap<String, Window> windows) {
  /**
   * A ring of one bit a block.
   *
   * @param missed bit of a height at its remainder by the window's length
   * @param count of bits that are set
   */
  public record Window(Bytes missed, int count) {
    static Window empty(int blocks) {
      return new Window(Bytes.of(new byte[(blocks + Byte.SIZE - 1) / Byte.SIZE]), 0);
    }

    Window noted(int place, boolean isMissing) {
      byte[] bits = missed.toArray();
      int mask = 1 << place % Byte.SIZE;
      boolean before = (bits[place / Byte.SIZE] & mask) != 0;
      if (before == isMissing) {
        return this;
      }
      bits[place / Byte.SIZE] ^= (byte) mask;
      return new Window(Bytes.of(bits), count + (isMissing ? 1 : -1));
    }
  }

  public Attendance {
    windows = Collections.unmodifiableSortedMap(new TreeMap<>(windows));
  }

  static Attendance fresh(int windowBlocks) {
    return new Attendance(windowBlocks, new TreeMap<>());
  }

  /**
   * One block more.
   *
   * @param missing whether its precommit is missing, of every institution of that height's set;
   *     whoever is not in it starts anew
   */
  Attendance noted(long height, Map<String, Boolean> missing) {
    SortedMap<String, Window> next = new TreeMap<>();
    int place = (int) (height % windowBlocks);
    missing.forEach(
        (institution, isMissing) ->
            next.put(
                institution,
                windows
                    .getOrDefault(institution, Window.empty(windowBlocks))
                    .noted(place, isMissing)));
    return new Attendance(windowBlocks, next);
  }

  /** Forgets what was missed. */
  Attendance forgiven(String institution) {
    SortedMap<String, Window> next = new TreeMap<>(windows);
    next.remove(institution);
    return new Attendance(windowBlocks, next);
  }

  public int missed(String institution) {
    Window window = windows.get(institution);
    return window == null ? 0 : window.count();
  }
}
