package org.medseal.pages.plot;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Lines through the middle of their steps, broken where steps are missing. */
final class Curves {
  private final Frame frame;
  private final TimePlot.Axes axes;
  private final boolean filled;

  Curves(Frame frame, TimePlot.Axes axes, boolean filled) {
    this.frame = frame;
    this.axes = axes;
    this.filled = filled;
  }

  void draw(Svg svg, List<Line> lines) {
    for (int i = 0; i < lines.size(); i++) {
      String colour = "plot-c" + (i + 1);
      for (List<Line.Point> piece : pieces(lines.get(i).points())) {
        if (filled) {
          svg.empty("path", "class", "plot-area " + colour, "d", area(piece));
        }
        svg.empty("path", "class", "plot-line " + colour, "d", line(piece));
      }
      for (Line.Point point : lines.get(i).points()) {
        spot(svg, lines.get(i), point, colour);
      }
    }
  }

  private void spot(Svg svg, Line line, Line.Point point, String colour) {
    svg.open(
        "circle",
        "class",
        "plot-spot " + colour,
        "cx",
        x(point),
        "cy",
        frame.y(point.value()),
        "r",
        "2.5");
    svg.leaf(
        "title",
        TimeTicks.clock(point.at(), axes.window())
            + "  "
            + line.name()
            + ": "
            + axes.quantity().label(point.value()));
    svg.close();
  }

  /** Points that follow each other without a step missing in between. */
  private List<List<Line.Point>> pieces(List<Line.Point> points) {
    List<List<Line.Point>> pieces = new ArrayList<>();
    Instant expected = Instant.MIN;
    for (Line.Point point : points) {
      if (pieces.isEmpty() || point.at().isAfter(expected)) {
        pieces.add(new ArrayList<>());
      }
      pieces.get(pieces.size() - 1).add(point);
      expected = point.at().plus(axes.window().step());
    }
    return pieces;
  }

  private String line(List<Line.Point> piece) {
    StringBuilder path = new StringBuilder();
    for (Line.Point point : piece) {
      path.append(path.isEmpty() ? "M" : "L")
          .append(Svg.number(x(point)))
          .append(' ')
          .append(Svg.number(frame.y(point.value())));
    }
    return path.toString();
  }

  private String area(List<Line.Point> piece) {
    String base = Svg.number(frame.base());
    return line(piece)
        + "L"
        + Svg.number(x(piece.get(piece.size() - 1)))
        + " "
        + base
        + "L"
        + Svg.number(x(piece.get(0)))
        + " "
        + base
        + "Z";
  }

  private double x(Line.Point point) {
    return frame.x(point.at().plus(axes.window().step().dividedBy(2)));
  }
}
