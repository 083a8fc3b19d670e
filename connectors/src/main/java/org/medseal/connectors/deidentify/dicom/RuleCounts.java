package org.medseal.connectors.deidentify.dicom;

import java.util.SortedMap;
import java.util.TreeMap;
import org.medseal.connectors.deidentify.RuleReport;

/** How often each rule was applied to one file. */
final class RuleCounts {
  private final SortedMap<String, Integer> counts = new TreeMap<>();

  void add(String rule) {
    add(rule, 1);
  }

  void add(String rule, int times) {
    counts.merge(rule, times, Integer::sum);
  }

  RuleReport report(String ruleSetId) {
    return new RuleReport(ruleSetId, counts);
  }
}
