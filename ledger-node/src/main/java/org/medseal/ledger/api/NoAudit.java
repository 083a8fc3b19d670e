package org.medseal.ledger.api;

import java.util.Optional;
import java.util.OptionalLong;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Checkpoint;
import org.medseal.ledger.model.Hash;

/** Answers nothing. */
enum NoAudit implements LedgerAudit {
  INSTANCE;

  @Override
  public Optional<Bytes> inclusionProof(Hash transaction, OptionalLong checkpoint) {
    return Optional.empty();
  }

  @Override
  public Optional<Bytes> consistencyProof(long from, long to, OptionalLong checkpoint) {
    return Optional.empty();
  }

  @Override
  public Optional<Checkpoint> checkpoint(long height) {
    return Optional.empty();
  }

  @Override
  public Optional<ProposerTurn> turn(long height) {
    return Optional.empty();
  }

  @Override
  public Optional<ProposerTurn> recomputedTurn(long height) {
    return Optional.empty();
  }

  @Override
  public Optional<DiskUse> disk() {
    return Optional.empty();
  }
}
