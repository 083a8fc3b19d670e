package org.medseal.pages.plot;

import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Shares of a whole: one bar each, with its part in numbers beside it. */
public final class SharePlot {
  private static final double ROW = 34;
  private static final double TOP = 4;

  private SharePlot() {}

  /** Units of one of them; 0 or more. */
  public record Share(String name, long units) {
    public Share {
      if (units < 0) {
        throw new IllegalArgumentException("a share is 0 or more");
      }
    }
  }

  /** Headings of the table after the first, and the language its numbers are written in. */
  public record Numbers(String units, String part, Locale locale) {}

  public static Plot draw(Plot.Words words, Numbers numbers, List<Share> shares) {
    long total = shares.stream().mapToLong(Share::units).sum();
    List<List<String>> rows = new ArrayList<>();
    for (Share share : shares) {
      rows.add(
          List.of(share.name(), units(share, numbers), percent(share.units(), total, numbers)));
    }
    return new Plot(
        words,
        sheet(words, "wide", 720, shares, rows),
        sheet(words, "narrow", 340, shares, rows),
        List.of(),
        List.of(words.first(), numbers.units(), numbers.part()),
        rows);
  }

  private static String sheet(
      Plot.Words words, String size, double width, List<Share> shares, List<List<String>> rows) {
    long total = Math.max(1, shares.stream().mapToLong(Share::units).sum());
    return Sheet.draw(
        words,
        size,
        width,
        TOP + Math.max(1, shares.size()) * ROW,
        svg -> {
          for (int i = 0; i < shares.size(); i++) {
            double part = (double) shares.get(i).units() / total;
            row(svg, TOP + i * ROW, width, part, rows.get(i));
          }
        });
  }

  /** Names and numbers above their bar, so that long ones have room on a narrow screen too. */
  private static void row(Svg svg, double y, double width, double part, List<String> texts) {
    svg.leaf("text", shortened(texts.get(0), width), "class", "plot-name", "x", "0", "y", y + 14);
    svg.leaf(
        "text",
        texts.get(1) + " · " + texts.get(2),
        "class",
        "plot-name plot-figure",
        "x",
        width,
        "y",
        y + 14,
        "text-anchor",
        "end");
    svg.empty(
        "rect",
        "class",
        "plot-rail",
        "x",
        "0",
        "y",
        y + 19,
        "width",
        width,
        "height",
        "8",
        "rx",
        "4");
    if (part > 0) {
      svg.empty(
          "rect",
          "class",
          "plot-bar plot-c1",
          "x",
          "0",
          "y",
          y + 19,
          "width",
          width * part,
          "height",
          "8",
          "rx",
          "4");
    }
  }

  private static String shortened(String name, double width) {
    int most = (int) (width / 12);
    return name.codePointCount(0, name.length()) <= most
        ? name
        : name.substring(0, name.offsetByCodePoints(0, most - 1)) + "…";
  }

  private static String units(Share share, Numbers numbers) {
    return NumberFormat.getIntegerInstance(numbers.locale()).format(share.units());
  }

  private static String percent(long units, long total, Numbers numbers) {
    NumberFormat format = NumberFormat.getPercentInstance(numbers.locale());
    format.setMaximumFractionDigits(1);
    return format.format(total == 0 ? 0 : (double) units / total);
  }
}
