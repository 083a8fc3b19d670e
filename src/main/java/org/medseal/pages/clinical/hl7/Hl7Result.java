package org.medseal.pages.clinical.hl7;

import java.util.Set;
import org.medseal.pages.clinical.shown.ShownText;

/**
 * An observation (OBX) as a line of a table of results.
 *
 * @param group the order it belongs to (OBR-4), on the first line of each; else empty
 * @param flag abnormal flags of HL7 table 0078, as they are
 */
public record Hl7Result(
    ShownText group,
    ShownText name,
    ShownText value,
    ShownText unit,
    ShownText range,
    ShownText flag,
    ShownText time,
    ShownText status) {
  private static final Set<String> NORMAL = Set.of("", "N", "NEG", "S");
  private static final Set<String> CRITICAL = Set.of("HH", "LL", "AA", ">", "<");

  /** Whether its sender marks it as out of the ordinary. */
  public boolean isAbnormal() {
    return !NORMAL.contains(flag.text());
  }

  /** Whether its sender marks it as dangerous. */
  public boolean isCritical() {
    return CRITICAL.contains(flag.text());
  }
}
