package org.medseal.ledger.stake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.medseal.ledger.api.GovernanceCase;
import org.medseal.ledger.api.GovernanceCase.State;
import org.medseal.ledger.model.Hash;

/** Changes put to the consortium: all that are open and the newest closed ones, oldest first. */
public record Governance(List<GovernanceCase> cases) {
  public static final Governance NONE = new Governance(List.of());

  /** Closed ones kept for reading; all of them stand in the blocks. */
  static final int CLOSED_KEPT = 64;

  /** Open at a time of one institution; bounds the state. */
  static final int OPEN_EACH = 4;

  public Governance {
    cases = List.copyOf(cases);
  }

  public Optional<GovernanceCase> find(Hash id) {
    return cases.stream().filter(each -> each.id().equals(id)).findFirst();
  }

  List<GovernanceCase> open() {
    return cases.stream().filter(each -> each.state() == State.OPEN).toList();
  }

  long openOf(String institution) {
    return open().stream().filter(each -> each.proposer().equals(institution)).count();
  }

  Governance proposed(GovernanceCase added) {
    List<GovernanceCase> next = new ArrayList<>(cases);
    next.add(added);
    return new Governance(next);
  }

  Governance voted(Hash id, String institution, boolean approved) {
    return changed(
        id,
        each -> {
          SortedMap<String, Boolean> votes = new TreeMap<>(each.votes());
          votes.put(institution, approved);
          return copy(each, votes, each.state(), each.outcome());
        });
  }

  Governance closed(Hash id, State state, String outcome) {
    List<GovernanceCase> next =
        new ArrayList<>(changed(id, each -> copy(each, each.votes(), state, outcome)).cases());
    long surplus = next.stream().filter(each -> each.state() != State.OPEN).count() - CLOSED_KEPT;
    for (int i = 0; surplus > 0 && i < next.size(); ) {
      if (next.get(i).state() == State.OPEN) {
        i++;
      } else {
        next.remove(i);
        surplus--;
      }
    }
    return new Governance(next);
  }

  private Governance changed(Hash id, UnaryOperator<GovernanceCase> change) {
    return new Governance(
        cases.stream().map(each -> each.id().equals(id) ? change.apply(each) : each).toList());
  }

  private static GovernanceCase copy(
      GovernanceCase of, SortedMap<String, Boolean> votes, State state, String outcome) {
    return new GovernanceCase(
        of.id(),
        of.proposer(),
        of.createdAtMs(),
        of.deadlineMs(),
        of.change(),
        votes,
        state,
        outcome);
  }
}
