package org.medseal.ledger.engine.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medseal.ledger.consensus.Event;
import org.medseal.ledger.consensus.Step;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VoteMessage;

/** An entry of each kind. */
final class LogEntrySamples {
  private LogEntrySamples() {}

  static List<byte[]> all() {
    List<byte[]> all = new ArrayList<>();
    all.add(new LogEntry(new Event.Started(), Optional.empty()).encode());
    all.add(new LogEntry(new Event.TimedOut(7, 2, Step.PREVOTE), Optional.empty()).encode());
    for (PeerMessage each : PeerMessagesTest.messages()) {
      if (each instanceof ProposalMessage proposal) {
        all.add(
            new LogEntry(
                    new Event.ProposalReceived(proposal.proposal(), true, true),
                    Optional.of(proposal.block()))
                .encode());
      } else if (each instanceof VoteMessage vote) {
        all.add(new LogEntry(new Event.VoteReceived(vote.vote()), Optional.empty()).encode());
      }
    }
    return all;
  }
}
