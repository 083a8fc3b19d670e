package org.medseal.connectors.deidentify.hl7;

import java.util.Set;
import java.util.function.Function;
import org.medseal.connectors.deidentify.DateShift;
import org.medseal.connectors.deidentify.KeyedIds;
import org.medseal.connectors.deidentify.ResidualScan;
import org.medseal.connectors.deidentify.RuleCounts;

/**
 * What the transformation of one message needs. {@code made} collects the values the engine made
 * itself, which the last scan need not read; {@code merged} turns a merged patient's identifiers
 * into the pseudonym of that patient.
 */
record Hl7Context(
    String patient,
    Function<Field, String> merged,
    Transform transform,
    RuleCounts counts,
    Set<String> made) {

  /** Rules, keys and the message's own facts. */
  record Transform(
      Hl7Rules rules, KeyedIds keyed, DateShift dates, ResidualScan scan, int referenceYear) {}

  String made(String value) {
    made.add(value);
    return value;
  }
}
