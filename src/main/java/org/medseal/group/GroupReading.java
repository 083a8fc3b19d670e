package org.medseal.group;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.medseal.group.GroupView.Epoch;
import org.medseal.group.GroupView.Member;
import org.medseal.group.GroupView.State;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.EpochCredential;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.InstitutionTransaction;

/** The group out of the genesis and the joins and epochs since. */
final class GroupReading {
  private GroupReading() {}

  static GroupView of(Genesis genesis, LedgerView view) {
    List<Epoch> epochs = new ArrayList<>();
    epochs.add(new Epoch(1, 0, names(genesis.credentials())));
    Set<String> everybody = new LinkedHashSet<>();
    view.institutions().stream().map(Institution::name).forEach(everybody::add);
    everybody.addAll(names(genesis.credentials()));
    for (CommittedTransaction each : view.groupChanges()) {
      Action action = ((InstitutionTransaction) each.transaction()).action();
      if (action instanceof Action.EpochStart start) {
        epochs.add(new Epoch(start.epoch(), each.height(), names(start.credentials())));
        everybody.addAll(names(start.credentials()));
      }
    }
    return new GroupView(
        view.epoch(),
        genesis.issuer(),
        genesis.opener(),
        view.parameters().smallestAnonymitySet(),
        everybody.stream().map(each -> member(each, view, epochs)).toList(),
        epochs);
  }

  private static Member member(String institution, LedgerView view, List<Epoch> epochs) {
    return new Member(
        institution, state(institution, view, epochs), view.institution(institution).isPresent());
  }

  private static State state(String institution, LedgerView view, List<Epoch> epochs) {
    if (view.credential(view.epoch(), institution).isPresent()) {
      return State.MEMBER;
    }
    if (epochs.stream().anyMatch(each -> each.members().contains(institution))) {
      return State.REVOKED;
    }
    return view.member(institution).isPresent() ? State.JOINED : State.NOT_JOINED;
  }

  private static List<String> names(List<EpochCredential> credentials) {
    return credentials.stream().map(EpochCredential::institution).toList();
  }
}
