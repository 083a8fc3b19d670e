package org.medseal.ledger.app;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.merkle.MerkleFrontier;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.stake.Membership;

/**
 * Evidence seen on the ledger, by institution. One entry an institution whatever it does: the
 * evidence itself stands in the blocks, under the tree kept here.
 */
record Offences(SortedMap<String, Offence> byInstitution) {
  static final Offences NONE = new Offences(new TreeMap<>());

  /**
   * @param evidence RFC 6962 tree over the hashes of the evidence, in ledger order
   */
  record Offence(long firstHeight, long lastHeight, MerkleFrontier evidence) {}

  Offences {
    byInstitution = Collections.unmodifiableSortedMap(new TreeMap<>(byInstitution));
  }

  Offences with(List<Evidence> found, Membership membership, long height) {
    if (found.isEmpty()) {
      return this;
    }
    SortedMap<String, Offence> next = new TreeMap<>(byInstitution);
    for (Evidence evidence : found) {
      Hash hash = Blocks.evidenceHash(List.of(evidence));
      next.merge(
          membership.validator(evidence.height(), evidence.validator()).institution(),
          new Offence(height, height, MerkleFrontier.EMPTY.append(List.of(hash.bytes()))),
          (known, fresh) ->
              new Offence(
                  known.firstHeight(), height, known.evidence().append(List.of(hash.bytes()))));
    }
    return new Offences(next);
  }
}
