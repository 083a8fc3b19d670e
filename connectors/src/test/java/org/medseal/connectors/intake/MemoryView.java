package org.medseal.connectors.intake;

import java.util.List;
import java.util.Optional;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.EpochCredential;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.GroupMember;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.Parameters;
import org.medseal.ledger.model.ValidatorSet;

/** The genesis' state, whatever the height, epoch and custodian set. */
record MemoryView(Genesis genesis, long height, int epoch, int custodianSet) implements LedgerView {
  @Override
  public long timeMs() {
    return height;
  }

  @Override
  public Hash stateRoot() {
    return Hash.ZERO;
  }

  @Override
  public Optional<Bytes> groupPublicKey(int wanted) {
    return wanted == 1 ? Optional.of(genesis.groupPublicKey()) : Optional.empty();
  }

  @Override
  public Optional<GroupMember> member(String institution) {
    return Optional.empty();
  }

  @Override
  public Optional<EpochCredential> credential(int wanted, String institution) {
    return genesis.credentials().stream()
        .filter(c -> wanted == 1 && c.institution().equals(institution))
        .findFirst();
  }

  @Override
  public int membersInEpoch() {
    return genesis.credentials().size();
  }

  @Override
  public Optional<EpochCredential> credentialByA(int wanted, Bytes a48) {
    return Optional.empty();
  }

  @Override
  public CustodianSet custodians() {
    return new CustodianSet(custodianSet, genesis.custodians().keys());
  }

  @Override
  public Optional<CustodianSet> custodians(int version) {
    return Optional.of(genesis.custodians());
  }

  @Override
  public Optional<Institution> institution(String name) {
    return Optional.empty();
  }

  @Override
  public Parameters parameters() {
    return genesis.parameters();
  }

  @Override
  public ValidatorSet validators() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<AccessState> access(Hash requestId) {
    return Optional.empty();
  }

  @Override
  public List<AccessState> accesses() {
    return List.of();
  }

  @Override
  public Optional<TraceState> trace(Hash traceId) {
    return Optional.empty();
  }

  @Override
  public List<TraceState> traces() {
    return List.of();
  }
}
