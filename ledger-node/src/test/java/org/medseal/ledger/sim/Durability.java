package org.medseal.ledger.sim;

import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VoteMessage;
import org.medseal.ledger.engine.embedded.SignState.SignSlot;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

/** I3: a signature would survive a crash now; what it rests on was durable before it. */
final class Durability {
  private Durability() {}

  static void require(SimNode from, PeerMessage message) {
    if (message instanceof VoteMessage sent) {
      Vote vote = sent.vote();
      int step = vote.type() == VoteType.PREVOTE ? SignSlot.PREVOTE : SignSlot.PRECOMMIT;
      require(from, new SignSlot(vote.height(), vote.round(), step));
    } else if (message instanceof ProposalMessage sent) {
      long height = sent.proposal().height();
      require(from, new SignSlot(height, sent.proposal().round(), SignSlot.PROPOSAL));
    }
  }

  private static void require(SimNode from, SignSlot slot) {
    Law.require(from.disk.isSynced(), "I3: a message left before the sign-state was synced");
    Law.require(
        slot.compareTo(from.disk.signed.last()) <= 0, "I3: " + slot + " is not in the sign-state");
  }
}
