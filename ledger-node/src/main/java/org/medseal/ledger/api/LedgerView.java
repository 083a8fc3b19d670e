package org.medseal.ledger.api;

import java.util.List;
import java.util.Optional;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.EpochCredential;
import org.medseal.ledger.model.GroupMember;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.Parameters;
import org.medseal.ledger.model.ValidatorSet;

/** The application's state after one block, as other modules may read it. */
public interface LedgerView {
  long height();

  long timeMs();

  Hash stateRoot();

  int epoch();

  /** Canonical group public key of an epoch that has begun. */
  Optional<Bytes> groupPublicKey(int epoch);

  /** Its newest membership. */
  Optional<GroupMember> member(String institution);

  /** All its memberships, oldest first: a credential is judged against the one it was given for. */
  default List<GroupMember> memberships(String institution) {
    return member(institution).map(List::of).orElse(List.of());
  }

  /** Empty for whoever was not credentialed in that epoch. */
  Optional<EpochCredential> credential(int epoch, String institution);

  /** Credentialed in the current epoch: the anonymity set. */
  int membersInEpoch();

  /** The credential (A, x) whose A equals {@code a48} in that epoch. */
  Optional<EpochCredential> credentialByA(int epoch, Bytes a48);

  CustodianSet custodians();

  Optional<CustodianSet> custodians(int version);

  /** All sets there were, the present one last. */
  default List<CustodianTerm> custodianTerms() {
    return List.of(new CustodianTerm(0, custodians()));
  }

  Optional<Institution> institution(String name);

  /** Also of those that were put out since: what they signed before is still theirs. */
  default Optional<Institution> everRegistered(String name) {
    return institution(name);
  }

  /** In force at the next height. */
  ValidatorSet validators();

  /** In force at the height after that: what a stake epoch's edge decided two heights before. */
  default ValidatorSet followingValidators() {
    return validators();
  }

  /** Members of the consortium, in the order of their admission. */
  default List<Institution> institutions() {
    return validators().validators().stream()
        .flatMap(each -> institution(each.institution()).stream())
        .toList();
  }

  /** The rules in force: those for stake may differ from the genesis' ones. */
  Parameters parameters();

  /** Stake of every institution there ever was, in the order of their admission. */
  default List<StakeAccount> stakes() {
    return List.of();
  }

  /** Open changes and the newest closed ones, oldest first. */
  default List<GovernanceCase> governance() {
    return List.of();
  }

  Optional<AccessState> access(Hash requestId);

  /** All requests, by ascending height. */
  List<AccessState> accesses();

  Optional<TraceState> trace(Hash traceId);

  List<TraceState> traces();

  /** Joins and epoch starts since the genesis, in ledger order. */
  default List<CommittedTransaction> groupChanges() {
    return List.of();
  }

  /** All audit anchors of an institution, in ledger order. */
  default List<CommittedTransaction> auditAnchors(String institution) {
    return List.of();
  }

  default Optional<AuditAnchored> lastAuditAnchor(String institution) {
    return Optional.empty();
  }

  /**
   * How far an institution's audit trail was when it said so last.
   *
   * @param height of the block that holds the anchor
   */
  record AuditAnchored(long sequence, Hash head, long height) {}

  /** A custodian set and the height of the block that brought it; 0 for that of the genesis. */
  record CustodianTerm(long fromHeight, CustodianSet custodians) {}

  /** A request with its decision, if there is one. */
  record AccessState(
      Hash id,
      String institution,
      long height,
      long createdAtMs,
      Action.AccessRequest request,
      Optional<Decision> decision) {}

  /**
   * How a request was answered.
   *
   * @param decidedAtMs of the block that holds the answer
   */
  record Decision(
      Hash id, String institution, long height, long decidedAtMs, Action.AccessDecision decision) {}

  record TraceState(
      Hash id,
      String institution,
      long height,
      long createdAtMs,
      Action.TraceRequest request,
      List<String> approvals,
      Optional<Action.TraceResult> result) {}
}
