package org.medseal.connectors.deidentify;

import java.util.IdentityHashMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medseal.connectors.deidentify.rules.Rule;

/** Counts the rules applied to one message. Names come from rule files, never from messages. */
public final class RuleCounts {
  private static final String NO_RULE = "(no rule) drop";

  private final SortedMap<String, Integer> counts = new TreeMap<>();

  /** A rule is the file's one object; by itself, for its name and its hash cost more. */
  private final IdentityHashMap<Rule, Integer> byRule = new IdentityHashMap<>();

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
    byRule.merge(rule, 1, Integer::sum);
    explanation.applied(place, rule, kept);
  }

  /** Whether places are told to anybody; else they need no name. */
  public boolean tellsPlaces() {
    return explanation.isWanted();
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
    SortedMap<String, Integer> all = new TreeMap<>(counts);
    byRule.forEach((rule, times) -> all.merge(rule.name(), times, Integer::sum));
    return new RuleReport(ruleSetId, all);
  }
}
