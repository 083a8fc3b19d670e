package org.medseal.requests;

import java.util.List;
import java.util.Optional;
import org.medseal.ledger.model.Hash;

/**
 * The sealed part of a decision.
 *
 * @param custodianKey fingerprint of the key that opened the records, hexadecimal
 * @param grants empty when rejected
 */
record DecisionBody(String reply, String custodianKey, List<Grant> grants) {
  /**
   * A record's data key for the asking institution.
   *
   * @param wrappedKey SM2, DER, hexadecimal
   */
  record Grant(String txId, String wrappedKey) {}

  DecisionBody {
    grants = List.copyOf(grants);
  }

  static String context(String chainId, Hash requestId) {
    return "medseal:access-decision:1:" + chainId + ":" + requestId.hex();
  }

  Optional<Grant> grant(Hash record) {
    return grants.stream().filter(grant -> grant.txId().equals(record.hex())).findFirst();
  }
}
