package org.medseal.ledger.sim;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.medseal.ledger.consensus.Event;
import org.medseal.ledger.consensus.Step;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

/**
 * What one validator has heard in a height. A validator's first word in a slot counts; a later,
 * different one only for a value that is somebody's first word. Of rounds beyond the next only each
 * validator's highest is kept.
 */
final class Hearing {
  private final ValidatorSet validators;
  private final TreeMap<Integer, List<Event.ProposalReceived>> offers = new TreeMap<>();
  private final TreeMap<Integer, Map<Step, Slot>> votes = new TreeMap<>();
  private final Set<Hash> valid = new HashSet<>();
  private final Map<Integer, Integer> highest = new HashMap<>();

  /** Who speaks for a value. */
  private final class Support {
    private final Set<Integer> voters = new HashSet<>();
    private long power;

    void add(int validator) {
      power += voters.add(validator) ? validators.get(validator).stake() : 0;
    }

    void remove(int validator) {
      power -= voters.remove(validator) ? validators.get(validator).stake() : 0;
    }

    boolean isQuorum() {
      return 3 * power > 2 * validators.totalStake();
    }
  }

  private final class Slot {
    private final Map<Integer, Optional<Hash>> first = new HashMap<>();
    private final Support any = new Support();
    private final Map<Optional<Hash>, Support> counted = new HashMap<>();

    void take(Vote vote) {
      boolean isFirst = !first.containsKey(vote.validator());
      boolean isBacked = first.containsValue(vote.blockId());
      if (isFirst) {
        first.put(vote.validator(), vote.blockId());
        any.add(vote.validator());
      }
      if (isFirst || isBacked) {
        counted.computeIfAbsent(vote.blockId(), key -> new Support()).add(vote.validator());
      }
    }

    void forget(int validator) {
      first.remove(validator);
      any.remove(validator);
      counted.values().forEach(each -> each.remove(validator));
    }
  }

  Hearing(ValidatorSet validators) {
    this.validators = validators;
  }

  void take(Event.ProposalReceived received, int current) {
    Proposal offer = received.proposal();
    if (!isKept(offer.proposer(), offer.round(), current)) {
      return;
    }
    List<Event.ProposalReceived> known =
        offers.computeIfAbsent(offer.round(), key -> new ArrayList<>());
    boolean another =
        known.stream()
            .map(Event.ProposalReceived::proposal)
            .noneMatch(
                each ->
                    each.blockId().equals(offer.blockId())
                        && each.validRound() == offer.validRound());
    if (another && known.size() < 2) {
      known.add(received);
      if (received.valid()) {
        valid.add(offer.blockId());
      }
    }
  }

  void take(Vote vote, int current) {
    if (!isKept(vote.validator(), vote.round(), current)) {
      return;
    }
    Step kind = vote.type() == VoteType.PREVOTE ? Step.PREVOTE : Step.PRECOMMIT;
    votes
        .computeIfAbsent(vote.round(), key -> new EnumMap<>(Step.class))
        .computeIfAbsent(kind, key -> new Slot())
        .take(vote);
  }

  private boolean isKept(int validator, int round, int current) {
    int before = highest.getOrDefault(validator, -1);
    if (round > current + 1 && round < before) {
      return false;
    }
    if (round > current + 1 && round > before) {
      votes.subMap(current + 1, false, round, false).values().stream()
          .flatMap(each -> each.values().stream())
          .forEach(each -> each.forget(validator));
    }
    highest.put(validator, Math.max(before, round));
    return true;
  }

  /** With any vote. */
  Set<Integer> rounds() {
    return votes.keySet();
  }

  Optional<Event.ProposalReceived> firstOffer(int round) {
    return offers.getOrDefault(round, List.of()).stream().findFirst();
  }

  boolean isValid(Hash id) {
    return valid.contains(id);
  }

  boolean isQuorumOfAny(Step kind, int round) {
    return slot(kind, round).filter(each -> each.any.isQuorum()).isPresent();
  }

  boolean isQuorumOfNil(int round) {
    return isQuorum(Step.PREVOTE, round, Optional.empty());
  }

  boolean isQuorum(Step kind, int round, Hash id) {
    return isQuorum(kind, round, Optional.of(id));
  }

  private boolean isQuorum(Step kind, int round, Optional<Hash> id) {
    return slot(kind, round)
        .flatMap(each -> Optional.ofNullable(each.counted.get(id)))
        .filter(Support::isQuorum)
        .isPresent();
  }

  /** The block with a quorum. */
  Optional<Hash> quorum(Step kind, int round) {
    Optional<Slot> slot = slot(kind, round);
    if (slot.isEmpty() || !slot.get().any.isQuorum()) {
      return Optional.empty();
    }
    return slot.get().counted.entrySet().stream()
        .filter(each -> each.getKey().isPresent() && each.getValue().isQuorum())
        .map(each -> each.getKey().get())
        .findFirst();
  }

  /** The highest round that more than a third of stake has reached; no less than the present. */
  int roundOfSomeHonest(int current) {
    int best = current;
    for (int candidate : highest.values()) {
      if (candidate > best && 3 * powerFrom(candidate) > validators.totalStake()) {
        best = candidate;
      }
    }
    return best;
  }

  private long powerFrom(int round) {
    long power = 0;
    for (Map.Entry<Integer, Integer> each : highest.entrySet()) {
      power += each.getValue() >= round ? validators.get(each.getKey()).stake() : 0;
    }
    return power;
  }

  private Optional<Slot> slot(Step kind, int round) {
    return Optional.ofNullable(votes.get(round)).map(each -> each.get(kind));
  }
}
