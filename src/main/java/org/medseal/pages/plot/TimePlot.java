package org.medseal.pages.plot;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Numbers over time, as lines, as an area, or as stacked bars. */
public final class TimePlot {
  private TimePlot() {}

  /** How the numbers are drawn. */
  public enum Shape {
    /** Each line for itself. */
    LINES,
    /** The same with the space below filled. */
    AREA,
    /** One bar a step, lines on top of each other. */
    BARS
  }

  /** What is measured when; points outside the window are left out. */
  public record Axes(Window window, Quantity quantity) {}

  public static Plot draw(Plot.Words words, Axes axes, Shape shape, List<Line> lines) {
    List<Line> seen = lines.stream().map(line -> within(axes.window(), line)).toList();
    return new Plot(
        words,
        sheet(words, axes, shape, seen, Frame.Canvas.WIDE),
        sheet(words, axes, shape, seen, Frame.Canvas.NARROW),
        IntStream.range(0, seen.size())
            .mapToObj(i -> new Plot.Legend(i + 1, seen.get(i).name()))
            .toList(),
        columns(words, seen),
        rows(axes, seen));
  }

  private static Line within(Window window, Line line) {
    return new Line(
        line.name(),
        line.points().stream()
            .filter(each -> !each.at().isBefore(window.from()))
            .filter(each -> each.at().isBefore(window.until()))
            .toList());
  }

  private static String sheet(
      Plot.Words words, Axes axes, Shape shape, List<Line> lines, Frame.Canvas canvas) {
    Frame frame = new Frame(canvas, axes.window(), axes.quantity(), largest(shape, lines));
    return Sheet.draw(
        words,
        canvas == Frame.Canvas.WIDE ? "wide" : "narrow",
        canvas.width,
        canvas.height,
        svg -> {
          frame.axes(svg);
          switch (shape) {
            case BARS -> new Bars(frame, axes).draw(svg, lines);
            case AREA -> new Curves(frame, axes, true).draw(svg, lines);
            case LINES -> new Curves(frame, axes, false).draw(svg, lines);
          }
        });
  }

  private static double largest(Shape shape, List<Line> lines) {
    return shape == Shape.BARS
        ? Bars.largestSum(lines)
        : lines.stream().mapToDouble(Line::largest).max().orElse(0);
  }

  private static List<String> columns(Plot.Words words, List<Line> lines) {
    List<String> columns = new ArrayList<>(List.of(words.first()));
    lines.forEach(line -> columns.add(line.name()));
    return columns;
  }

  /** Newest first: who reads a table wants to know how it is now. */
  private static List<List<String>> rows(Axes axes, List<Line> lines) {
    TreeSet<Instant> moments = new TreeSet<>();
    lines.forEach(line -> line.points().forEach(point -> moments.add(point.at())));
    List<List<String>> rows = new ArrayList<>();
    for (Instant at : moments.descendingSet()) {
      List<String> row = new ArrayList<>(List.of(TimeTicks.clock(at, axes.window())));
      for (Line line : lines) {
        row.add(
            line.points().stream()
                .filter(point -> point.at().equals(at))
                .findFirst()
                .map(point -> axes.quantity().label(point.value()))
                .orElse("–"));
      }
      rows.add(row);
    }
    return rows;
  }
}
