package org.medseal.ledger.model;

/** What the ledger orders. */
public sealed interface Transaction permits RecordTransaction, InstitutionTransaction {
  String chainId();

  /** Last height at which this may be included. */
  long expiryHeight();
}
