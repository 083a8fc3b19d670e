package org.medseal.ledger.engine.embedded;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.medseal.ledger.consensus.Consensus;
import org.medseal.ledger.consensus.MessageLog;
import org.medseal.ledger.engine.embedded.PeerMessage.WitnessAnswer;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

/** What this node can testify of another validator's signatures at the height being decided. */
final class Witness {
  private Witness() {}

  /** Of each kind the one of the highest round. */
  static WitnessAnswer latestOf(int validator, Consensus consensus) {
    List<Vote> votes = new ArrayList<>();
    for (VoteType type : VoteType.values()) {
      latestVote(validator, type, consensus.messages()).ifPresent(votes::add);
    }
    List<Proposal> proposals =
        latestProposal(validator, consensus.messages()).map(List::of).orElse(List.of());
    return new WitnessAnswer(consensus.height(), votes, proposals);
  }

  private static Optional<Vote> latestVote(int validator, VoteType type, MessageLog messages) {
    return messages.rounds().stream()
        .flatMap(round -> messages.votes(round, type).stream())
        .filter(each -> each.validator() == validator)
        .max(Comparator.comparingInt(Vote::round));
  }

  private static Optional<Proposal> latestProposal(int validator, MessageLog messages) {
    return messages.rounds().stream()
        .flatMap(round -> messages.proposals(round).stream())
        .filter(each -> each.proposer() == validator)
        .max(Comparator.comparingInt(Proposal::round));
  }
}
