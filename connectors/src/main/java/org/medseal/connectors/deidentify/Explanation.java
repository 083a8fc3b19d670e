package org.medseal.connectors.deidentify;

import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.medseal.connectors.deidentify.rules.Rule;

/**
 * Which rule took what of one message, for whoever writes rules. Holds places (the standards' own
 * names of segments, elements and attributes) and rules, never a value. For one thread.
 */
public final class Explanation {
  private static final Comparator<Line> ORDER =
      Comparator.comparing(Line::place).thenComparing(Line::rule).thenComparing(Line::kept);

  /** Places of one kind that the same rule treated the same way. */
  private final SortedMap<Line, Integer> lines = new TreeMap<>(ORDER);

  private final boolean wanted;

  private Explanation(boolean wanted) {
    this.wanted = wanted;
  }

  /** Forgets what it is told. */
  public static Explanation none() {
    return new Explanation(false);
  }

  public static Explanation wanted() {
    return new Explanation(true);
  }

  /**
   * One rule at one place.
   *
   * @param place such as {@code PID-5}, {@code Patient.name} or {@code (0010,0010)}
   * @param line of the rule in its file, from 1; 0 where the rule is not of a file
   * @param kept whether anything is left of the value
   */
  public record Line(String place, String rule, int line, boolean kept) {}

  /** A rule of the file was applied. */
  public void applied(String place, Rule rule, boolean kept) {
    took(place, rule.name(), rule.line(), kept);
  }

  /** Something else decided, such as the absence of a rule. */
  public void took(String place, String what, int line, boolean kept) {
    if (wanted) {
      lines.merge(new Line(place, what, line, kept), 1, Integer::sum);
    }
  }

  boolean isWanted() {
    return wanted;
  }

  public boolean isEmpty() {
    return lines.isEmpty();
  }

  /** In the order of places, each with how often it was met. */
  public void forEach(BiConsumer<Line, Integer> action) {
    lines.forEach(action);
  }
}
