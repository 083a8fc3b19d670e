package org.medseal.pages.plot;

import java.util.function.Consumer;

/** The outermost element of a plot with what a screen reader says of it. */
final class Sheet {
  private Sheet() {}

  static String draw(
      Plot.Words words, String size, double width, double height, Consumer<Svg> content) {
    String id = words.id() + "-" + size;
    Svg svg = new Svg();
    svg.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "class",
        "plot plot-" + size,
        "viewBox",
        "0 0 " + Svg.number(width) + " " + Svg.number(height),
        "role",
        "img",
        "aria-labelledby",
        id + "-title " + id + "-desc");
    svg.leaf("title", words.title(), "id", id + "-title");
    svg.leaf("desc", words.description(), "id", id + "-desc");
    content.accept(svg);
    return svg.close().done();
  }
}
