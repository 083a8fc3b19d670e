package org.medseal.connectors.deidentify;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which rule set a record went through, and how often each of its rules was applied. */
public record RuleReport(String ruleSetId, SortedMap<String, Integer> counts) {
  public RuleReport {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }
}
