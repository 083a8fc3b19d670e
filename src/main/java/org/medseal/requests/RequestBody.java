package org.medseal.requests;

import java.util.List;
import org.medseal.ledger.model.Hash;

/**
 * The sealed part of an access request.
 *
 * @param txIds transaction ids of records in hexadecimal, 1 to 200, each once
 */
record RequestBody(List<String> txIds, Purpose purpose, String justification, By by) {
  static final int MOST_RECORDS = 200;
  static final int LONGEST_TEXT = 2_000;

  /**
   * The asking user at the asking institution.
   *
   * @param name for the reviewer to read; may be empty
   */
  record By(String userId, String login, String name) {}

  RequestBody {
    txIds = List.copyOf(txIds);
    if (txIds.isEmpty()
        || txIds.size() > MOST_RECORDS
        || txIds.stream().distinct().count() < txIds.size()) {
      throw new IllegalArgumentException("a request names 1 to 200 records, each once");
    }
    txIds.forEach(Hash::fromHex);
    if (justification.isBlank() || justification.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException("a justification has 1 to 2000 characters");
    }
  }

  static String context(String chainId, String institution) {
    return "medseal:access-request:2:" + chainId + ":" + institution;
  }

  List<Hash> records() {
    return txIds.stream().map(Hash::fromHex).toList();
  }
}
