package org.medseal.ledger.engine.embedded;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.medseal.ledger.consensus.Consensus;
import org.medseal.ledger.consensus.Effect;
import org.medseal.ledger.consensus.MessageLog;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.RoundStatus;
import org.medseal.ledger.engine.embedded.PeerMessage.StatusMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VoteMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VotesRequest;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

/**
 * Makes up for lost messages: nodes tell what they hold of the height, and send each other what the
 * other lacks. An answer is at most the votes and proposals of the rounds asked about.
 */
final class VoteGossip {
  private final Environment environment;
  private final Peers peers;
  private final long proposalEveryMs;

  VoteGossip(Environment environment, Peers peers, long proposalEveryMs) {
    this.environment = environment;
    this.peers = peers;
    this.proposalEveryMs = proposalEveryMs;
  }

  StatusMessage status(HeightDriver driver) {
    Consensus consensus = driver.consensus();
    MessageLog messages = consensus.messages();
    List<RoundStatus> rounds =
        interesting(driver).stream().map(round -> roundStatus(messages, round)).toList();
    return new StatusMessage(
        consensus.height(),
        environment.blocks().lowest(),
        consensus.round(),
        consensus.step(),
        rounds);
  }

  /** The rounds a rule may still depend on, the most urgent first. */
  private static List<Integer> interesting(HeightDriver driver) {
    Consensus consensus = driver.consensus();
    List<Integer> rounds = new ArrayList<>();
    rounds.add(consensus.round());
    driver.missing().map(Effect.NeedBlock::round).ifPresent(rounds::add);
    consensus.messages().proposals(consensus.round()).stream()
        .map(Proposal::validRound)
        .forEach(rounds::add);
    rounds.add(consensus.validRound());
    rounds.add(consensus.lockedRound());
    rounds.add(consensus.round() - 1);
    rounds.add(consensus.round() + 1);
    return rounds.stream()
        .filter(round -> round >= 0)
        .distinct()
        .limit(StatusMessage.MAX_ROUNDS)
        .toList();
  }

  private static RoundStatus roundStatus(MessageLog messages, int round) {
    return new RoundStatus(
        round,
        !messages.proposals(round).isEmpty(),
        Voters.of(messages.voters(round, VoteType.PREVOTE)),
        Voters.of(messages.voters(round, VoteType.PRECOMMIT)),
        messages.majority(round, VoteType.PREVOTE),
        messages.majority(round, VoteType.PRECOMMIT));
  }

  /** The peer is at the same height: send it what it lacks, ask for what it has a quorum of. */
  void answer(int peer, StatusMessage theirs, HeightDriver driver) {
    Consensus consensus = driver.consensus();
    TreeSet<Integer> told = new TreeSet<>();
    for (RoundStatus round : theirs.rounds()) {
      if (told.add(round.round())) {
        sendMissing(peer, round, driver);
        askForQuorum(peer, consensus, round, VoteType.PREVOTE, round.prevoted());
        askForQuorum(peer, consensus, round, VoteType.PRECOMMIT, round.precommitted());
      }
    }
    if (!told.contains(consensus.round()) && theirs.round() <= consensus.round()) {
      RoundStatus nothing =
          new RoundStatus(
              consensus.round(),
              false,
              Voters.NONE,
              Voters.NONE,
              Optional.empty(),
              Optional.empty());
      sendMissing(peer, nothing, driver);
    }
  }

  private void sendMissing(int peer, RoundStatus theirs, HeightDriver driver) {
    MessageLog messages = driver.consensus().messages();
    if (!theirs.proposal()) {
      messages.proposals(theirs.round()).stream()
          .limit(1)
          .filter(each -> driver.body(each.blockId()).isPresent())
          .filter(
              each ->
                  peers.get(peer).mayReceiveProposal(environment.monotonicMs(), proposalEveryMs))
          .forEach(
              each ->
                  environment.send(
                      peer, new ProposalMessage(each, driver.body(each.blockId()).orElseThrow())));
    }
    sendVotes(peer, messages.votes(theirs.round(), VoteType.PREVOTE), theirs.prevotes());
    sendVotes(peer, messages.votes(theirs.round(), VoteType.PRECOMMIT), theirs.precommits());
  }

  private void sendVotes(int peer, Iterable<Vote> votes, Voters known) {
    BitSet has = known.indexes();
    for (Vote vote : votes) {
      if (!has.get(vote.validator())) {
        environment.send(peer, new VoteMessage(vote));
      }
    }
  }

  private void askForQuorum(
      int peer, Consensus consensus, RoundStatus theirs, VoteType type, Optional<Hash> claimed) {
    MessageLog messages = consensus.messages();
    if (claimed.isPresent() && messages.majority(theirs.round(), type).isEmpty()) {
      BitSet known = new BitSet();
      messages
          .votesFor(theirs.round(), type, claimed.get())
          .forEach(vote -> known.set(vote.validator()));
      environment.send(
          peer,
          new VotesRequest(
              consensus.height(), theirs.round(), type, claimed.get(), Voters.of(known)));
    }
  }

  void answer(int peer, VotesRequest request, HeightDriver driver) {
    Consensus consensus = driver.consensus();
    if (request.height() == consensus.height()) {
      sendVotes(
          peer,
          consensus.messages().votesFor(request.round(), request.type(), request.blockId()),
          request.known());
    }
  }
}
