package org.medseal.ledger.stake;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.medseal.ledger.api.GovernanceCase;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;

/**
 * Who belongs to the consortium, with what stake, and who validates. Immutable; the actions below
 * suppose that {@link MembershipRules} allow them.
 *
 * @param stakes of every institution in the registry
 */
public record Membership(
    InstitutionRegistry registry,
    StakePolicy policy,
    SortedMap<String, Stake> stakes,
    ValidatorKeys keys,
    ValidatorHistory sets,
    Attendance attendance,
    Governance governance) {
  public Membership {
    stakes = Collections.unmodifiableSortedMap(new TreeMap<>(stakes));
  }

  /** Whoever has stake in the genesis is active from height 1 on. */
  public static Membership of(Genesis genesis) {
    SortedMap<String, Stake> stakes = new TreeMap<>();
    ValidatorKeys keys = new ValidatorKeys(new TreeMap<>(), List.of());
    List<Validator> validators = new ArrayList<>();
    for (Institution each : genesis.institutions()) {
      stakes.put(each.name(), Stake.bonded(each.stake()));
      keys = keys.bound(each.validatorKey(), each.name());
      validators.add(
          new Validator(validators.size(), each.name(), each.validatorKey(), each.stake()));
    }
    StakePolicy policy = StakePolicy.of(genesis.parameters());
    return new Membership(
        new InstitutionRegistry(genesis.institutions(), Collections.emptySortedSet()),
        policy,
        stakes,
        keys,
        new ValidatorHistory(List.of(new ValidatorHistory.Period(1, new ValidatorSet(validators)))),
        Attendance.fresh(policy.stake().downtimeWindowBlocks()),
        Governance.NONE);
  }

  /** Which institution had the index in the set of a height. */
  public Validator validator(long height, int index) {
    return sets.at(height).get(index);
  }

  public Stake stake(String institution) {
    return stakes.getOrDefault(institution, Stake.NONE);
  }

  /** Bonded units by institution, none left out. */
  SortedMap<String, Long> bonded() {
    SortedMap<String, Long> bonded = new TreeMap<>();
    stakes.forEach((institution, stake) -> bonded.put(institution, stake.bonded()));
    return bonded;
  }

  /** What the newest set is to give the institution. */
  long wanted(String institution) {
    return bar(institution) == NextSet.Bar.NONE ? stake(institution).bonded() : 0;
  }

  /** Why the newest set is to give it nothing, whatever it has bonded. */
  NextSet.Bar bar(String institution) {
    Optional<Institution> found = registry.find(institution);
    if (found.isEmpty() || keys.isBanned(found.get().validatorKey())) {
      return NextSet.Bar.OFFENCE;
    }
    return stake(institution).isJailed() || registry.isRemoved(institution)
        ? NextSet.Bar.JAIL_OR_REMOVAL
        : NextSet.Bar.NONE;
  }

  /** The effect of an action that has one here; anything else changes nothing. */
  public Membership after(String institution, Action action) {
    if (action instanceof Action.Bond bond) {
      return withStake(institution, stake -> stake.bond(bond.units()));
    } else if (action instanceof Action.Unbond unbond) {
      return withStake(institution, stake -> stake.unbond(unbond.units()));
    } else if (action instanceof Action.Unjail) {
      return withStake(institution, Stake::unjailed);
    } else if (action instanceof Action.KeyRotate rotate) {
      return with(keys.announced(institution, rotate.key()));
    } else if (action instanceof Action.NodeMove move) {
      return with(
          registry.replaced(
              Institutions.moved(
                  registry.find(institution).orElseThrow(), move.tlsPin(), move.peerAddress())));
    } else if (action instanceof Action.GovernanceVote vote) {
      return with(governance.voted(vote.proposalId(), institution, vote.approved()));
    }
    return this;
  }

  /** A proposal, with its proposer's approval. */
  public Membership proposed(
      Hash id, String institution, long timeMs, Action.GovernanceProposal of) {
    return with(
        governance.proposed(
            new GovernanceCase(
                id,
                institution,
                timeMs,
                timeMs + policy.stake().votingMs(),
                of.change(),
                new TreeMap<>(Map.of(institution, true)),
                GovernanceCase.State.OPEN,
                "")));
  }

  Membership withStake(String institution, UnaryOperator<Stake> change) {
    SortedMap<String, Stake> next = new TreeMap<>(stakes);
    next.put(institution, change.apply(stake(institution)));
    return new Membership(registry, policy, next, keys, sets, attendance, governance);
  }

  Membership with(InstitutionRegistry next) {
    return new Membership(next, policy, stakes, keys, sets, attendance, governance);
  }

  Membership with(StakePolicy next) {
    return new Membership(registry, next, stakes, keys, sets, attendance, governance);
  }

  Membership with(ValidatorKeys next) {
    return new Membership(registry, policy, stakes, next, sets, attendance, governance);
  }

  Membership with(ValidatorHistory next) {
    return new Membership(registry, policy, stakes, keys, next, attendance, governance);
  }

  Membership with(Attendance next) {
    return new Membership(registry, policy, stakes, keys, sets, next, governance);
  }

  Membership with(Governance next) {
    return new Membership(registry, policy, stakes, keys, sets, attendance, next);
  }

  /** The key the institution's next votes are to be cast with. */
  Bytes nextKey(Institution institution) {
    return keys.waiting(institution.name()).orElse(institution.validatorKey());
  }

  /** The key that waits for an edge, if there is one. */
  public Optional<Bytes> announcedKey(String institution) {
    return keys.waiting(institution);
  }
}
