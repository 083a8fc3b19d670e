package org.medseal.ledger.sim;

import static org.medseal.ledger.sim.Law.require;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.medseal.ledger.codec.Votes;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VoteMessage;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

/**
 * What correct nodes may say, over all their lives: one word a slot (I3), a precommit only on a
 * quorum of prevotes, and no prevote against an earlier precommit but on a later quorum (I4).
 * Quorums are counted apart from the engine, over everything anybody has said.
 */
final class SpeechLaw {
  private final ChainLaw chain;
  private final Sightings sightings;
  private final Map<String, String> said = new HashMap<>();
  private final Set<Vote> heard = new HashSet<>();
  private final Map<Slot, BitSet> support = new HashMap<>();
  private final Map<Integer, Lock> locks = new HashMap<>();

  private record Slot(VoteType type, long height, int round, Hash blockId) {}

  private record Lock(long height, int round, Hash blockId) {}

  SpeechLaw(ChainLaw chain, Sightings sightings) {
    this.chain = chain;
    this.sightings = sightings;
  }

  void hear(PeerMessage message) {
    if (message instanceof VoteMessage sent
        && sent.vote().blockId().isPresent()
        && chain.set(sent.vote().height()).isPresent()
        && heard.add(sent.vote())
        && isSigned(sent.vote())) {
      Vote vote = sent.vote();
      Slot slot = new Slot(vote.type(), vote.height(), vote.round(), vote.blockId().get());
      support.computeIfAbsent(slot, key -> new BitSet()).set(vote.validator());
    }
  }

  private boolean isSigned(Vote vote) {
    ValidatorSet set = chain.set(vote.height()).orElseThrow();
    return vote.validator() >= 0
        && vote.validator() < set.size()
        && SimKeys.CHECK.verify(
            set.get(vote.validator()).key(),
            Votes.signBytes(SimGenesis.CHAIN, vote),
            vote.signature());
  }

  void onSaid(SimNode from, PeerMessage message) {
    if (message instanceof VoteMessage sent && isOwn(from, sent.vote())) {
      Vote vote = sent.vote();
      String slot = from.index + " " + vote.type() + " " + vote.height() + "/" + vote.round();
      if (once(slot, vote.blockId().map(Hash::hex).orElse("nil"))) {
        judge(from, vote);
      }
    } else if (message instanceof ProposalMessage sent && isOwn(from, sent.proposal())) {
      Proposal proposal = sent.proposal();
      String slot = from.index + " PROPOSAL " + proposal.height() + "/" + proposal.round();
      if (once(slot, proposal.blockId().hex() + proposal.validRound())) {
        judge(proposal);
      }
    }
  }

  private boolean isOwn(SimNode from, Vote vote) {
    return chain.indexOf(from.index, vote.height()) == vote.validator();
  }

  private boolean isOwn(SimNode from, Proposal proposal) {
    return chain.indexOf(from.index, proposal.height()) == proposal.proposer();
  }

  private boolean once(String slot, String word) {
    String before = said.putIfAbsent(slot, word);
    require(before == null || before.equals(word), "I3: signed twice in " + slot);
    return before == null;
  }

  private void judge(SimNode from, Vote vote) {
    if (vote.blockId().isEmpty()) {
      return;
    }
    Hash id = vote.blockId().get();
    String what = "node " + from.index + " in " + vote.height() + "/" + vote.round();
    if (vote.type() == VoteType.PRECOMMIT) {
      require(isQuorum(vote.height(), vote.round(), id), "I4: precommit without quorum, " + what);
      locks.put(from.index, new Lock(vote.height(), vote.round(), id));
      return;
    }
    Optional<Lock> lock =
        Optional.ofNullable(locks.get(from.index))
            .filter(each -> each.height() == vote.height())
            .filter(each -> each.round() < vote.round() && !each.blockId().equals(id));
    if (lock.isPresent()) {
      boolean released = false;
      for (int since = lock.get().round(); since < vote.round(); since++) {
        released |= isQuorum(vote.height(), since, id);
      }
      require(released, "I4: prevote against the own lock, " + what);
      sightings.saw(Sight.LOCKS_RELEASED);
    }
  }

  private void judge(Proposal proposal) {
    boolean again = proposal.validRound() >= 0;
    require(
        !again || isQuorum(proposal.height(), proposal.validRound(), proposal.blockId()),
        "I4: proposed again without the quorum claimed, "
            + proposal.height()
            + "/"
            + proposal.round());
  }

  private boolean isQuorum(long height, int round, Hash blockId) {
    ValidatorSet set = chain.set(height).orElseThrow();
    long power =
        support
            .getOrDefault(new Slot(VoteType.PREVOTE, height, round, blockId), new BitSet())
            .stream()
            .mapToLong(each -> set.get(each).stake())
            .sum();
    return 3 * power > 2 * set.totalStake();
  }
}
