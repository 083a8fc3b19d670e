package org.medseal.ledger.consensus;

import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

/** What a height has received and keeps, for gossip and for telling what is missing. */
public final class MessageLog {
  private final Rounds rounds;

  MessageLog(Rounds rounds) {
    this.rounds = rounds;
  }

  /** Ascending. */
  public Set<Integer> rounds() {
    return rounds.all().keySet().stream().collect(Collectors.toCollection(TreeSet::new));
  }

  /** In order of arrival, at most two. */
  public List<Proposal> proposals(int round) {
    return rounds
        .find(round)
        .map(state -> state.proposals().stream().map(Event.ProposalReceived::proposal).toList())
        .orElse(List.of());
  }

  /** All votes kept, an equivocator's both. */
  public List<Vote> votes(int round, VoteType type) {
    return rounds.find(round).map(state -> state.votes(type).all()).orElse(List.of());
  }

  /** Whether a vote of this height by a known validator would change anything. */
  boolean wants(Vote vote) {
    return rounds.wouldAdmit(vote.validator(), vote.round())
        && rounds
            .find(vote.round())
            .map(state -> state.votes(vote.type()).wants(vote))
            .orElse(true);
  }

  /** Whether a proposal of a round up to the next would be kept as another one. */
  boolean wants(Proposal proposal) {
    return rounds.wouldAdmit(proposal.proposer(), proposal.round())
        && rounds.find(proposal.round()).map(state -> state.wants(proposal)).orElse(true);
  }

  /** By ascending validator index. */
  public Collection<Vote> votesFor(int round, VoteType type, Hash blockId) {
    return rounds
        .find(round)
        .flatMap(state -> state.votes(type).votesFor(Optional.of(blockId)))
        .map(votes -> List.copyOf(votes.votes()))
        .orElse(List.of());
  }

  /** Who has voted at all. */
  public BitSet voters(int round, VoteType type) {
    return rounds.find(round).map(state -> state.votes(type).voters()).orElseGet(BitSet::new);
  }

  /** The block with a quorum. */
  public Optional<Hash> majority(int round, VoteType type) {
    return rounds.find(round).flatMap(state -> state.votes(type).majority());
  }

  /** Whether some kept proposal offers this block. */
  public boolean offers(Hash blockId) {
    return rounds.all().values().stream()
        .flatMap(state -> state.proposals().stream())
        .anyMatch(received -> received.proposal().blockId().equals(blockId));
  }
}
