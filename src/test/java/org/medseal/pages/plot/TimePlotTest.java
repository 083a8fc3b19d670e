package org.medseal.pages.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class TimePlotTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final Window HOUR =
      new Window(NOON, NOON.plus(Duration.ofHours(1)), Duration.ofMinutes(1), ZoneOffset.UTC);
  private static final Plot.Words WORDS =
      new Plot.Words("plot", "Messages", "What came in.", "Minute");

  @Test
  void pointsLieWhereTheNumbersSay() throws Exception {
    Document drawn = draw(TimePlot.Shape.LINES, line("lab", 0, 0, 30, 50, 59, 100));
    double left = left(drawn);
    double right = 720 - 16;
    List<Element> spots = all(drawn, "circle");
    assertThat(spots).hasSize(3);
    double minute = (right - left) / 60;
    for (int i = 0; i < 3; i++) {
      double expected = left + (List.of(0, 30, 59).get(i) + 0.5) * minute;
      assertThat(number(spots.get(i), "cx")).isCloseTo(expected, within(0.1));
    }
    double base = number(spots.get(0), "cy");
    double top = number(spots.get(2), "cy");
    assertThat(base).isEqualTo(204);
    assertThat(top).isEqualTo(12);
    assertThat(number(spots.get(1), "cy")).isCloseTo((base + top) / 2, within(0.1));
  }

  @Test
  void aBarBeginsWhereTheOneBelowEnds() throws Exception {
    Document drawn = draw(TimePlot.Shape.BARS, line("lab", 3, 30), line("pacs", 3, 70));
    List<Element> bars = all(drawn, "rect").stream().filter(each -> has(each, "plot-bar")).toList();
    assertThat(bars).hasSize(2);
    assertThat(number(bars.get(0), "y") + number(bars.get(0), "height")).isEqualTo(204);
    assertThat(number(bars.get(1), "y") + number(bars.get(1), "height"))
        .isCloseTo(number(bars.get(0), "y"), within(0.11));
    assertThat(number(bars.get(0), "height") / number(bars.get(1), "height"))
        .isCloseTo(30.0 / 70, within(0.01));
    assertThat(number(bars.get(1), "y")).isEqualTo(12);
  }

  @Test
  void aMissingMinuteBreaksTheLine() throws Exception {
    Document drawn = draw(TimePlot.Shape.LINES, line("lab", 1, 5, 2, 5, 4, 5, 5, 5));
    List<Element> paths = all(drawn, "path");
    assertThat(paths).hasSize(2);
    assertThat(paths.get(0).getAttribute("d")).matches("M[0-9. ]+L[0-9. ]+");
  }

  @Test
  void pointsOutsideTheWindowAreLeftOut() throws Exception {
    Line line =
        new Line(
            "lab",
            List.of(
                new Line.Point(NOON.minusSeconds(60), 1_000),
                new Line.Point(NOON, 1),
                new Line.Point(NOON.plusSeconds(3600), 1_000)));
    Plot plot = plot(TimePlot.Shape.AREA, line);
    assertThat(all(parsed(plot.wide()), "circle")).hasSize(1);
    assertThat(plot.rows()).containsExactly(List.of("12:00", "1"));
  }

  @Test
  void namesAreEscapedWhereverTheyStand() throws Exception {
    String nasty = "</title><script>alert('x')</script>\"&\u0000";
    Plot plot = plot(TimePlot.Shape.BARS, line(nasty, 1, 5));
    for (String svg : List.of(plot.wide(), plot.narrow())) {
      assertThat(svg).doesNotContain("<script", "alert('x')").contains("&lt;script&gt;");
      assertThat(all(parsed(svg), "script")).isEmpty();
    }
    assertThat(plot.legend()).containsExactly(new Plot.Legend(1, nasty));
  }

  @Test
  void whatAScreenReaderSaysStandsInEachPicture() throws Exception {
    Plot plot = plot(TimePlot.Shape.LINES, line("lab", 1, 5));
    for (String svg : List.of(plot.wide(), plot.narrow())) {
      Element root = parsed(svg).getDocumentElement();
      assertThat(root.getAttribute("role")).isEqualTo("img");
      String[] ids = root.getAttribute("aria-labelledby").split(" ", -1);
      assertThat(svg)
          .contains("id=\"" + ids[0] + "\">Messages<", "id=\"" + ids[1] + "\">What came");
    }
    assertThat(plot.wide().replace("plot-wide", "plot-narrow")).isNotEqualTo(plot.narrow());
  }

  @Test
  void nothingInItNeedsAStyleThatThePolicyForbids() {
    Plot plot = plot(TimePlot.Shape.AREA, line("lab", 1, 5));
    assertThat(plot.wide() + plot.narrow()).doesNotContain("style=", "<style", "onload", "href");
  }

  @Test
  void theTableHasEveryMinuteNewestFirstAndADashWhereThereIsNone() {
    Plot plot = plot(TimePlot.Shape.LINES, line("lab", 1, 5, 2, 6), line("pacs", 2, 1500));
    assertThat(plot.columns()).containsExactly("Minute", "lab", "pacs");
    assertThat(plot.rows())
        .containsExactly(List.of("12:02", "6", "1,500"), List.of("12:01", "5", "–"));
  }

  @Test
  void withoutAnyPointItIsEmptyAndStillHasItsAxes() throws Exception {
    Plot plot = plot(TimePlot.Shape.BARS, line("lab"));
    assertThat(plot.isEmpty()).isTrue();
    assertThat(all(parsed(plot.wide()), "line")).isNotEmpty();
  }

  @Test
  void aLineRefusesWhatCannotBeDrawn() {
    assertThatThrownBy(() -> new Line.Point(NOON, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Line.Point(NOON, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> line("lab", 2, 5, 1, 5)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Minute and value in turn. */
  private static Line line(String name, int... minutesAndValues) {
    List<Line.Point> points = new ArrayList<>();
    for (int i = 0; i < minutesAndValues.length; i += 2) {
      points.add(
          new Line.Point(NOON.plusSeconds(60L * minutesAndValues[i]), minutesAndValues[i + 1]));
    }
    return new Line(name, points);
  }

  private static Plot plot(TimePlot.Shape shape, Line... lines) {
    return TimePlot.draw(
        WORDS, new TimePlot.Axes(HOUR, new Counts(Locale.ENGLISH)), shape, List.of(lines));
  }

  private static Document draw(TimePlot.Shape shape, Line... lines) throws Exception {
    return parsed(plot(shape, lines).wide());
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static double left(Document drawn) {
    return all(drawn, "line").stream()
        .filter(each -> has(each, "plot-grid"))
        .mapToDouble(each -> number(each, "x1"))
        .findFirst()
        .orElseThrow();
  }

  private static boolean has(Element element, String name) {
    return List.of(element.getAttribute("class").split(" ")).contains(name);
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  private static List<Element> all(Document drawn, String name) {
    NodeList nodes = drawn.getElementsByTagName(name);
    List<Element> all = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      all.add((Element) nodes.item(i));
    }
    return all;
  }
}
