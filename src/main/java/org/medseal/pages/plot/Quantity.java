package org.medseal.pages.plot;

import java.util.List;

/** What a value axis measures: where its ticks lie and how a value reads. */
public interface Quantity {
  /**
   * Ascending from 0, evenly, the last at or above the largest value; at least two.
   *
   * @param most ticks above 0
   */
  List<Double> ticks(double largest, int most);

  /** A value in the reader's words, with its unit where it has one. */
  String label(double value);
}
