package org.medseal.ledger.api;

import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Transaction;

/** A transaction and its place on the ledger. */
public record CommittedTransaction(
    Hash id, long height, int index, long blockTimeMs, Transaction transaction) {}
