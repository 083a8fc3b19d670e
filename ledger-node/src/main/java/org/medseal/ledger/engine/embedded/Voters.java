package org.medseal.ledger.engine.embedded;

import java.util.BitSet;
import org.medseal.ledger.model.Bytes;

/** A set of validator indexes, one bit each, lowest index in the lowest bit of the first byte. */
public record Voters(Bytes bits) {
  public static final Voters NONE = new Voters(Bytes.empty());

  public static Voters of(BitSet indexes) {
    return new Voters(Bytes.of(indexes.toByteArray()));
  }

  public BitSet indexes() {
    return BitSet.valueOf(bits.toArray());
  }
}
