package org.medseal.ledger.engine.embedded;

import java.util.Optional;
import org.medseal.ledger.codec.Votes;
import org.medseal.ledger.engine.embedded.SignState.SignSlot;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

/** Signs at most one message per slot, ever; a refusal means silence in that slot, no failure. */
final class OwnSignatures {
  private final String chainId;
  private final SignState state;
  private final Signer signer;
  private final SigningGate gate;

  OwnSignatures(String chainId, SignState state, Signer signer, SigningGate gate) {
    this.chainId = chainId;
    this.state = state;
    this.signer = signer;
    this.gate = gate;
  }

  /**
   * @param key the own one of the height
   */
  Optional<Vote> sign(Vote vote, Bytes key) {
    int step = vote.type() == VoteType.PREVOTE ? SignSlot.PREVOTE : SignSlot.PRECOMMIT;
    return sign(
            new SignSlot(vote.height(), vote.round(), step), key, Votes.signBytes(chainId, vote))
        .map(
            signature ->
                new Vote(
                    vote.type(),
                    vote.height(),
                    vote.round(),
                    vote.blockId(),
                    vote.validator(),
                    signature));
  }

  /**
   * @param key the own one of the height
   */
  Optional<Proposal> sign(Proposal proposal, Bytes key) {
    SignSlot slot = new SignSlot(proposal.height(), proposal.round(), SignSlot.PROPOSAL);
    return sign(slot, key, Votes.signBytes(chainId, proposal))
        .map(
            signature ->
                new Proposal(
                    proposal.height(),
                    proposal.round(),
                    proposal.validRound(),
                    proposal.blockId(),
                    proposal.proposer(),
                    signature));
  }

  private Optional<Bytes> sign(SignSlot slot, Bytes key, byte[] signBytes) {
    if (!gate.isOpen()) {
      return Optional.empty();
    }
    try {
      Optional<byte[]> stored = state.signatureFor(slot, signBytes);
      if (stored.isPresent()) {
        return stored.map(Bytes::of);
      }
      byte[] signature = signer.sign(key, signBytes);
      state.record(slot, signBytes, signature);
      return Optional.of(Bytes.of(signature));
    } catch (SignRefusedException e) {
      return Optional.empty();
    }
  }
}
