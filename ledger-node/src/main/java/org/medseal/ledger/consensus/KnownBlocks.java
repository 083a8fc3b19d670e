package org.medseal.ledger.consensus;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.medseal.ledger.model.Hash;

/** Valid blocks by id, from proposals of any round. */
final class KnownBlocks {
  private final Set<Hash> valid = new TreeSet<>();

  void learn(Hash blockId, boolean isValid) {
    if (isValid) {
      valid.add(blockId);
    }
  }

  boolean isValid(Hash blockId) {
    return valid.contains(blockId);
  }

  void retainIf(Predicate<Hash> needed) {
    valid.removeIf(needed.negate());
  }
}
