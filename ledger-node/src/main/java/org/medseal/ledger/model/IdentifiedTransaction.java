package org.medseal.ledger.model;

/**
 * A transaction with its id and canonical bytes, made by the codec so that neither is computed
 * twice.
 *
 * @param id SHA-256 of the core for a record, of the whole for an institution's transaction
 */
public record IdentifiedTransaction(Hash id, Transaction transaction, Bytes encoded) {}
