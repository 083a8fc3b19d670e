package org.medseal.ledger.api;

import java.util.List;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;

/** A durable block's transactions in order. */
public record CommittedBlock(
    long height, long timeMs, Hash blockId, List<IdentifiedTransaction> transactions) {
  public CommittedBlock {
    transactions = List.copyOf(transactions);
  }
}
