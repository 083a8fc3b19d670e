package org.medseal.ledger.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.api.GovernanceCase;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.api.StakeAccount;
import org.medseal.ledger.app.AppStore.CommittedAction;
import org.medseal.ledger.app.AppStore.Topic;
import org.medseal.ledger.app.GroupState.GroupEpoch;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.EpochCredential;
import org.medseal.ledger.model.GroupMember;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.Parameters;
import org.medseal.ledger.model.ValidatorSet;

/**
 * The state after one block. Requests and traces are read from the store when asked for; what came
 * after that block is left out, so that the answer does not change.
 */
final class StateView implements LedgerView {
  private final LedgerState state;
  private final Hash root;
  private final AppStore store;

  StateView(LedgerState state, Hash root, AppStore store) {
    this.state = state;
    this.root = root;
    this.store = store;
  }

  @Override
  public long height() {
    return state.height();
  }

  @Override
  public long timeMs() {
    return state.timeMs();
  }

  @Override
  public Hash stateRoot() {
    return root;
  }

  @Override
  public int epoch() {
    return state.group().current().epoch();
  }

  @Override
  public Optional<Bytes> groupPublicKey(int epoch) {
    return state.group().epoch(epoch).map(GroupEpoch::groupPublicKey);
  }

  @Override
  public Optional<GroupMember> member(String institution) {
    return state.group().member(institution);
  }

  @Override
  public List<GroupMember> memberships(String institution) {
    return state.group().memberships(institution);
  }

  @Override
  public Optional<EpochCredential> credential(int epoch, String institution) {
    return state.group().epoch(epoch).flatMap(each -> each.credential(institution));
  }

  @Override
  public int membersInEpoch() {
    return state.group().current().credentials().size();
  }

  @Override
  public Optional<EpochCredential> credentialByA(int epoch, Bytes a48) {
    return state.group().epoch(epoch).flatMap(each -> each.byA(a48));
  }

  @Override
  public CustodianSet custodians() {
    return state.custodians().current().custodians();
  }

  @Override
  public Optional<CustodianSet> custodians(int version) {
    return state.custodians().version(version);
  }

  @Override
  public List<CustodianTerm> custodianTerms() {
    return state.custodians().periods().stream()
        .map(each -> new CustodianTerm(each.startHeight(), each.custodians()))
        .toList();
  }

  @Override
  public Optional<Institution> institution(String name) {
    return state.institution(name);
  }

  @Override
  public ValidatorSet validators() {
    return state.membership().sets().at(state.height() + 1);
  }

  @Override
  public ValidatorSet followingValidators() {
    return state.membership().sets().newest();
  }

  @Override
  public List<Institution> institutions() {
    return state.membership().registry().members();
  }

  @Override
  public Optional<Institution> everRegistered(String name) {
    return state.membership().registry().find(name);
  }

  @Override
  public List<StakeAccount> stakes() {
    return StakeAccounts.of(state.membership(), validators());
  }

  @Override
  public List<GovernanceCase> governance() {
    return state.membership().governance().cases();
  }

  @Override
  public Parameters parameters() {
    return state.parameters();
  }

  @Override
  public Optional<AccessState> access(Hash requestId) {
    return ActionThreads.access(untilHere(store.actionsOn(requestId)));
  }

  @Override
  public List<AccessState> accesses() {
    return threads(Topic.ACCESS).stream()
        .flatMap(each -> ActionThreads.access(each).stream())
        .toList();
  }

  @Override
  public Optional<TraceState> trace(Hash traceId) {
    return ActionThreads.trace(untilHere(store.actionsOn(traceId)));
  }

  @Override
  public List<TraceState> traces() {
    return threads(Topic.TRACE).stream()
        .flatMap(each -> ActionThreads.trace(each).stream())
        .toList();
  }

  @Override
  public List<CommittedTransaction> groupChanges() {
    return committed(store.actionsOn(ActionThreads.GROUP));
  }

  @Override
  public List<CommittedTransaction> auditAnchors(String institution) {
    return committed(store.actionsOn(ActionThreads.auditSubject(institution)));
  }

  @Override
  public Optional<AuditAnchored> lastAuditAnchor(String institution) {
    return Optional.ofNullable(state.anchors().byInstitution().get(institution))
        .map(each -> new AuditAnchored(each.sequence(), each.head(), each.height()));
  }

  private List<CommittedTransaction> committed(List<CommittedAction> actions) {
    return untilHere(actions).stream().map(CommittedAction::committed).toList();
  }

  /** In the order in which they began. */
  private List<List<CommittedAction>> threads(Topic topic) {
    Map<Hash, List<CommittedAction>> bySubject = new LinkedHashMap<>();
    for (CommittedAction each : untilHere(store.actions(topic))) {
      Hash subject = ActionThreads.subject(each.id(), each.transaction()).orElseThrow().id();
      bySubject.computeIfAbsent(subject, absent -> new ArrayList<>()).add(each);
    }
    return List.copyOf(bySubject.values());
  }

  private List<CommittedAction> untilHere(List<CommittedAction> actions) {
    return actions.stream().filter(each -> each.height() <= state.height()).toList();
  }
}
