package org.medseal.ledger.explorer;

import java.util.Optional;
import org.medseal.ledger.consensus.Event;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

/** A message of the model; the same words are the same message. */
sealed interface Word {
  long HEIGHT = 1;

  int speaker();

  int round();

  Event event();

  /** Value 0 is nil. */
  record Ballot(int speaker, VoteType type, int round, int value) implements Word {
    @Override
    public Event event() {
      Optional<Hash> id = value == 0 ? Optional.empty() : Optional.of(Word.id(value));
      return new Event.VoteReceived(new Vote(type, HEIGHT, round, id, speaker, Bytes.empty()));
    }
  }

  /** An offer of a value; since is its valid round or -1. */
  record Offer(int speaker, int round, int value, int since) implements Word {
    @Override
    public Event event() {
      Proposal proposal =
          new Proposal(HEIGHT, round, since, Word.id(value), speaker, Bytes.empty());
      return new Event.ProposalReceived(proposal, value != Model.INVALID, true);
    }
  }

  static Hash id(int value) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) value;
    return Hash.of(bytes);
  }

  static int value(Optional<Hash> id) {
    return id.map(each -> (int) each.toArray()[0]).orElse(0);
  }

  static Word of(Vote vote) {
    return new Ballot(vote.validator(), vote.type(), vote.round(), value(vote.blockId()));
  }

  static Word of(Proposal offer) {
    return new Offer(
        offer.proposer(), offer.round(), value(Optional.of(offer.blockId())), offer.validRound());
  }
}
