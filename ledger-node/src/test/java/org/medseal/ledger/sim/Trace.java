package org.medseal.ledger.sim;

import java.util.Optional;
import java.util.function.Consumer;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksResponse;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VoteMessage;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.Vote;

/** Tells a run line by line, or nothing. */
final class Trace {
  private final Optional<Consumer<String>> out;

  Trace(Optional<Consumer<String>> out) {
    this.out = out;
  }

  static Trace none() {
    return new Trace(Optional.empty());
  }

  boolean isOn() {
    return out.isPresent();
  }

  void tell(long nowMs, String line) {
    out.ifPresent(each -> each.accept(String.format("%7d ms  %s", nowMs, line)));
  }

  static String words(PeerMessage message) {
    if (message instanceof VoteMessage sent) {
      Vote vote = sent.vote();
      return String.format(
          "%s of %d in %d/%d: %s",
          vote.type(),
          vote.validator(),
          vote.height(),
          vote.round(),
          vote.blockId().map(Trace::brief).orElse("nil"));
    }
    if (message instanceof ProposalMessage sent) {
      Proposal proposal = sent.proposal();
      return String.format(
          "PROPOSAL of %d in %d/%d since %d: %s",
          proposal.proposer(),
          proposal.height(),
          proposal.round(),
          proposal.validRound(),
          brief(proposal.blockId()));
    }
    if (message instanceof BlocksResponse sent) {
      return "blocks " + sent.blocks().stream().map(each -> each.height()).toList();
    }
    String text = message.toString();
    return text.substring(0, Math.min(120, text.length()));
  }

  private static String brief(Hash id) {
    return id.hex().substring(0, 8);
  }
}
