package org.medseal.pages.operations;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A committed transaction, as far as it stands in the open.
 *
 * @param epoch of the group that signed a record; else empty
 * @param custodianSet of a record; else empty
 */
record TransactionView(
    BlockView.TransactionRow row,
    long height,
    long index,
    String blockTime,
    long expiryHeight,
    String epoch,
    String custodianSet) {
  static TransactionView of(JsonNode found) {
    return new TransactionView(
        BlockView.TransactionRow.of(found),
        found.path("height").asLong(),
        found.path("index").asLong(),
        found.path("blockTime").asText(),
        found.path("expiryHeight").asLong(),
        found.path("epoch").asText(""),
        found.path("custodianSet").asText(""));
  }
}
