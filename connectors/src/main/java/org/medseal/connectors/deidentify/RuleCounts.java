package org.medseal.connectors.deidentify;

import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the rules applied to one message. Names come from rule files, never from messages. */
public final class RuleCounts {

  private final SortedMap<String, Integer> counts = new TreeMap<>();

  public void add(String rule) {
    counts.merge(rule, 1, Integer::sum);
  }

  public void add(RuleReport others) {
    others.counts().forEach((rule, times) -> counts.merge(rule, times, Integer::sum));
  }

  public RuleReport report(String ruleSetId) {
    return new RuleReport(ruleSetId, counts);
  }
}
