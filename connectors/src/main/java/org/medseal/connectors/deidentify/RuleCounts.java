package org.medseal.connectors.deidentify;

import java.util.SortedMap;
import java.util.TreeMap;
import org.medseal.connectors.deidentify.rules.Rule;

/** Counts the rules applied to one message. Names come from rule files, never from messages. */
public final class RuleCounts {
  private static final String NO_RULE = "(no rule) drop";

  private final SortedMap<String, Integer> counts = new TreeMap<>();
  private final Explanation explanation;

  public RuleCounts() {
    this(Explanation.none());
  }

  /** {@code explanation} is told the place of every rule. */
  public RuleCounts(Explanation explanation) {
    this.explanation = explanation;
  }

  /** Counts a rule of the file; {@code kept} says whether anything is left. */
  public void applied(String place, Rule rule, boolean kept) {
    add(rule.name());
    explanation.applied(place, rule, kept);
  }

  /** Counts what no rule names. */
  public void unnamed(String place) {
    add(NO_RULE);
    explanation.took(place, NO_RULE, 0, false);
  }

  public void add(String rule) {
    add(rule, 1);
  }

  public void add(String rule, int times) {
    counts.merge(rule, times, Integer::sum);
  }

  public void add(RuleReport others) {
    others.counts().forEach(this::add);
  }

  public RuleReport report(String ruleSetId) {
    return new RuleReport(ruleSetId, counts);
  }
}
