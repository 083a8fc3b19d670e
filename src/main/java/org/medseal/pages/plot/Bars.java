package org.medseal.pages.plot;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** One bar a step; lines stand on top of each other in their order, the first at the bottom. */
final class Bars {
  /** Of a step's width, left free between two bars. */
  private static final double GAP = 0.15;

  private final Frame frame;
  private final TimePlot.Axes axes;

  Bars(Frame frame, TimePlot.Axes axes) {
    this.frame = frame;
    this.axes = axes;
  }

  static double largestSum(List<Line> lines) {
    Map<Instant, Double> sums = new HashMap<>();
    lines.forEach(
        line -> line.points().forEach(each -> sums.merge(each.at(), each.value(), Double::sum)));
    return sums.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }

  void draw(Svg svg, List<Line> lines) {
    TreeMap<Instant, double[]> columns = new TreeMap<>();
    for (int i = 0; i < lines.size(); i++) {
      for (Line.Point point : lines.get(i).points()) {
        columns.computeIfAbsent(point.at(), at -> new double[lines.size()])[i] = point.value();
      }
    }
    columns.forEach((at, values) -> column(svg, lines, at, values));
  }

  private void column(Svg svg, List<Line> lines, Instant at, double[] values) {
    double from = frame.x(at);
    double width = frame.x(at.plus(axes.window().step())) - from;
    StringJoiner hint = new StringJoiner(", ");
    svg.open("g", "class", "plot-column");
    svg.empty(
        "rect",
        "class",
        "plot-touch",
        "x",
        from,
        "y",
        frame.top(),
        "width",
        width,
        "height",
        frame.base() - frame.top());
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      if (values[i] > 0) {
        double bottom = frame.y(sum);
        sum += values[i];
        svg.empty(
            "rect",
            "class",
            "plot-bar plot-c" + (i + 1),
            "x",
            from + width * GAP / 2,
            "y",
            frame.y(sum),
            "width",
            width * (1 - GAP),
            "height",
            bottom - frame.y(sum));
        hint.add(lines.get(i).name() + ": " + axes.quantity().label(values[i]));
      }
    }
    svg.leaf("title", TimeTicks.clock(at, axes.window()) + "  " + hint);
    svg.close();
  }
}
