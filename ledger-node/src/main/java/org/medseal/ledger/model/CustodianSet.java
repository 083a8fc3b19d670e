package org.medseal.ledger.model;

import java.util.List;

/** The keys every record's data key is wrapped to, in order; each alone suffices to open. */
public record CustodianSet(int version, List<CustodianKey> keys) {
  /**
   * One key to which data keys are wrapped.
   *
   * @param institution whose administrator holds the key
   * @param sm2Point uncompressed, 65 bytes
   */
  public record CustodianKey(String institution, Bytes sm2Point) {}

  public CustodianSet {
    keys = List.copyOf(keys);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("a custodian set holds at least one key");
    }
  }
}
