package org.medseal.pages.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.medseal.pages.plot.Line;

/** The points of a series, minute by minute, drawn together to the steps of a plot. */
final class Points {
  private final TreeMap<Instant, List<JsonNode>> steps = new TreeMap<>();

  Points(JsonNode points, Span span) {
    for (JsonNode point : points) {
      Instant at = span.stepOf(Instant.parse(point.path("at").asText()));
      steps.computeIfAbsent(at, any -> new ArrayList<>()).add(point);
    }
  }

  /** A minute's mean; minutes that are not there do not count. */
  Line mean(String name, String field) {
    return line(
        name,
        minutes ->
            Optional.of(
                minutes.stream().mapToLong(each -> each.path(field).asLong()).sum()
                    / (double) minutes.size()));
  }

  Line largest(String name, String field) {
    return line(
        name,
        minutes ->
            Optional.of(
                minutes.stream().mapToDouble(each -> each.path(field).asDouble()).max().orElse(0)));
  }

  /** Of a spread: the largest of the minutes' numbers; a gap where nothing was measured. */
  Line largest(String name, String spread, String field) {
    return line(
        name,
        minutes ->
            measured(minutes, spread).stream()
                .map(each -> each.path(field).asDouble())
                .max(Double::compare));
  }

  /** Of a spread: the middle one of the minutes' numbers. */
  Line middle(String name, String spread, String field) {
    return line(
        name,
        minutes -> {
          List<Double> sorted =
              measured(minutes, spread).stream()
                  .map(each -> each.path(field).asDouble())
                  .sorted()
                  .toList();
          return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get(sorted.size() / 2));
        });
  }

  private static List<JsonNode> measured(List<JsonNode> minutes, String spread) {
    return minutes.stream().map(each -> each.path(spread)).filter(JsonNode::isObject).toList();
  }

  private Line line(String name, Function<List<JsonNode>, Optional<Double>> value) {
    List<Line.Point> points = new ArrayList<>();
    for (Map.Entry<Instant, List<JsonNode>> step : steps.entrySet()) {
      value
          .apply(step.getValue())
          .ifPresent(number -> points.add(new Line.Point(step.getKey(), number)));
    }
    return new Line(name, points);
  }
}
