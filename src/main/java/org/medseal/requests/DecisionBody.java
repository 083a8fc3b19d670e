package org.medseal.requests;

import java.util.List;
import java.util.Optional;
import org.medseal.ledger.model.Hash;

/**
 * The sealed part of a decision.
 *
 * @param custodianKeys fingerprints of the keys that opened the records, hexadecimal
 * @param validUntilMs after which the asking node opens nothing more; 0 when rejected
 * @param grants empty when rejected
 */
record DecisionBody(
    String reply, List<String> custodianKeys, long validUntilMs, List<Grant> grants) {
  /**
   * A record's data key for the asking institution.
   *
   * @param wrappedKey SM2, DER, hexadecimal
   */
  record Grant(String txId, String wrappedKey) {}

  DecisionBody {
    custodianKeys = List.copyOf(custodianKeys);
    grants = List.copyOf(grants);
  }

  static String context(String chainId, Hash requestId) {
    return "medseal:access-decision:2:" + chainId + ":" + requestId.hex();
  }

  Optional<Grant> grant(Hash record) {
    return grants.stream().filter(grant -> grant.txId().equals(record.hex())).findFirst();
  }
}
