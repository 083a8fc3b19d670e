package org.medseal.ledger.mempool;

import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.ledger.replica.ReceiptRules;

/** A transaction with the link it came by; arrivals are numbered. */
record Pending(IdentifiedTransaction transaction, int link, long arrival) {
  int sizeBytes() {
    return transaction.encoded().length();
  }

  boolean hasBlob() {
    return ReceiptRules.blob(transaction).isPresent();
  }

  boolean isRecord() {
    return transaction.transaction() instanceof RecordTransaction;
  }
}
