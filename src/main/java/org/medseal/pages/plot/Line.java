package org.medseal.pages.plot;

import java.time.Instant;
import java.util.List;

/**
 * One row of numbers in a plot.
 *
 * @param name as its legend says; any text
 * @param points ascending in time; a step without a point is a gap, not a zero
 */
public record Line(String name, List<Point> points) {
  /** A value of 0 or more, for the step that begins then. */
  public record Point(Instant at, double value) {
    public Point {
      if (!Double.isFinite(value) || value < 0) {
        throw new IllegalArgumentException("a plot shows numbers from 0, not " + value);
      }
    }
  }

  public Line {
    points = List.copyOf(points);
    for (int i = 1; i < points.size(); i++) {
      if (!points.get(i).at().isAfter(points.get(i - 1).at())) {
        throw new IllegalArgumentException("the points of a line ascend in time");
      }
    }
  }

  double largest() {
    return points.stream().mapToDouble(Point::value).max().orElse(0);
  }
}
