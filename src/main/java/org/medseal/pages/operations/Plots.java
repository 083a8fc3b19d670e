package org.medseal.pages.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.medseal.pages.Language;
import org.medseal.pages.PageView;
import org.medseal.pages.plot.Counts;
import org.medseal.pages.plot.Durations;
import org.medseal.pages.plot.Line;
import org.medseal.pages.plot.Plot;
import org.medseal.pages.plot.SharePlot;
import org.medseal.pages.plot.TimePlot;
import org.medseal.pages.plot.Window;

/** The plots of the operators' pages, in the visitor's language. */
final class Plots {
  /** Feeds with a colour of their own; the rest is drawn as one. */
  static final int FEEDS = 5;

  private final PageView page;
  private final Span span;
  private final Window window;
  private final Locale locale;

  Plots(PageView page, Span span, Instant now) {
    this.page = page;
    this.span = span;
    this.window = span.window(now, page.zone());
    this.locale = page.language() == Language.ZH ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH;
  }

  /** Points by feed, as {@code feeds/{id}/series} has them. */
  Plot messages(Map<String, JsonNode> byFeed) {
    List<Line> all = new ArrayList<>();
    byFeed.forEach((feed, points) -> all.add(new Points(points, span).mean(feed, "received")));
    return counted(
        "plot.messages", TimePlot.Shape.BARS, busiest(all, page.t("plot.messages.others")));
  }

  /** The busiest ones by name, the others added up. */
  static List<Line> busiest(List<Line> all, String others) {
    if (all.size() <= FEEDS + 1) {
      return all;
    }
    List<Line> sorted =
        all.stream().sorted(Comparator.comparingDouble(Plots::sum).reversed()).toList();
    List<Line> shown = new ArrayList<>(sorted.subList(0, FEEDS));
    shown.sort(Comparator.comparing(Line::name));
    Map<Instant, Double> rest = new HashMap<>();
    sorted
        .subList(FEEDS, sorted.size())
        .forEach(line -> line.points().forEach(p -> rest.merge(p.at(), p.value(), Double::sum)));
    shown.add(
        new Line(
            others,
            rest.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> new Line.Point(each.getKey(), each.getValue()))
                .toList()));
    return shown;
  }

  private static double sum(Line line) {
    return line.points().stream().mapToDouble(Line.Point::value).sum();
  }

  /** The others take the points of {@code ledger/series}. */
  Plot queue(JsonNode points) {
    return counted(
        "plot.queue",
        TimePlot.Shape.AREA,
        List.of(new Points(points, span).largest(page.t("plot.queue.line"), "queue")));
  }

  Plot latency(JsonNode points) {
    return spread("plot.latency", points, "commitLatencyMs");
  }

  Plot interval(JsonNode points) {
    return spread("plot.interval", points, "blockIntervalMs");
  }

  private Plot spread(String key, JsonNode series, String field) {
    Points points = new Points(series, span);
    Durations.Units units =
        new Durations.Units(
            page.t("unit.ms"), page.t("unit.s"), page.t("unit.min"), page.t("unit.h"));
    return TimePlot.draw(
        words(key),
        new TimePlot.Axes(window, new Durations(locale, units)),
        TimePlot.Shape.LINES,
        List.of(
            points.middle(page.t("plot.p50"), field, "p50"),
            points.largest(page.t("plot.p95"), field, "p95")));
  }

  Plot transactions(JsonNode points) {
    return counted(
        "plot.transactions",
        TimePlot.Shape.BARS,
        List.of(new Points(points, span).mean(page.t("plot.transactions.line"), "transactions")));
  }

  /** Of the validators, as {@code ledger/validators} has them. */
  Plot stake(JsonNode validators) {
    List<SharePlot.Share> shares = new ArrayList<>();
    validators.forEach(
        each ->
            shares.add(
                new SharePlot.Share(
                    each.path("institution").asText(), each.path("stake").asLong())));
    return SharePlot.draw(
        new Plot.Words(
            "plot-stake",
            page.t("plot.stake"),
            page.t("plot.stake.desc"),
            page.t("ledger.institution")),
        new SharePlot.Numbers(page.t("plot.stake.units"), page.t("plot.stake.part"), locale),
        shares);
  }

  private Plot counted(String key, TimePlot.Shape shape, List<Line> lines) {
    return TimePlot.draw(words(key), new TimePlot.Axes(window, new Counts(locale)), shape, lines);
  }

  private Plot.Words words(String key) {
    return new Plot.Words(
        key.replace('.', '-'),
        page.t(key),
        page.t(key + ".desc") + " " + page.t("plot.span." + span.hours()),
        page.t("plot.minute"));
  }
}
