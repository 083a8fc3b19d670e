package org.medseal.pages.plot;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Where a plot's moments and values lie on its canvas, and the axes around them. */
final class Frame {
  private static final double LETTER = 6.6;
  private static final double TOP = 12;
  private static final double BOTTOM = 26;
  private static final double RIGHT = 16;

  private final Canvas canvas;
  private final Window window;
  private final Quantity quantity;
  private final List<Double> ticks;
  private final double left;

  /** Width and height in the units of the viewBox, which are pixels at the size it is drawn for. */
  enum Canvas {
    WIDE(720, 230, 8),
    NARROW(340, 210, 4);

    final double width;
    final double height;
    final int timeTicks;

    Canvas(double width, double height, int timeTicks) {
      this.width = width;
      this.height = height;
      this.timeTicks = timeTicks;
    }
  }

  Frame(Canvas canvas, Window window, Quantity quantity, double largest) {
    this.canvas = canvas;
    this.window = window;
    this.quantity = quantity;
    this.ticks = quantity.ticks(largest, 4);
    int longest = ticks.stream().map(quantity::label).mapToInt(Frame::columns).max().orElse(1);
    this.left = 12 + longest * LETTER;
  }

  /** Chinese characters take two. */
  private static int columns(String text) {
    return text.codePoints().map(point -> point < 0x2E80 ? 1 : 2).sum();
  }

  double x(Instant at) {
    double part =
        (double) Duration.between(window.from(), at).toMillis() / window.length().toMillis();
    return left + part * (canvas.width - left - RIGHT);
  }

  double y(double value) {
    double top = ticks.get(ticks.size() - 1);
    return base() - value / top * (base() - TOP);
  }

  /** Of the value 0. */
  double base() {
    return canvas.height - BOTTOM;
  }

  double top() {
    return TOP;
  }

  void axes(Svg svg) {
    double right = canvas.width - RIGHT;
    for (double tick : ticks) {
      svg.empty(
          "line",
          "class",
          tick == 0 ? "plot-axis" : "plot-grid",
          "x1",
          left,
          "x2",
          right,
          "y1",
          y(tick),
          "y2",
          y(tick));
      svg.leaf(
          "text",
          quantity.label(tick),
          "class",
          "plot-label",
          "x",
          left - 6,
          "y",
          y(tick) + 4,
          "text-anchor",
          "end");
    }
    for (TimeTicks.Tick tick : TimeTicks.within(window, canvas.timeTicks)) {
      double x = x(tick.at());
      svg.empty("line", "class", "plot-axis", "x1", x, "x2", x, "y1", base(), "y2", base() + 4);
      svg.leaf(
          "text",
          tick.label(),
          "class",
          "plot-label",
          "x",
          x,
          "y",
          base() + 18,
          "text-anchor",
          "middle");
    }
  }
}
