package org.medseal.ledger.model;

/** An anonymous record: core and witness. Its id is the hash of the core alone. */
public record RecordTransaction(RecordCore core, RecordWitness witness) implements Transaction {
  @Override
  public String chainId() {
    return core.chainId();
  }

  @Override
  public long expiryHeight() {
    return core.expiryHeight();
  }
}
