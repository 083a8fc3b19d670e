package org.medseal.ledger.sim;

import java.util.List;
import java.util.Optional;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.Votes;
import org.medseal.ledger.consensus.Step;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.StatusMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VoteMessage;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.CommitCertificate.CommitSignature;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

/** What peers of a {@link LoneEngine} send, signed by their keys, and what it has said itself. */
final class PeerWords {
  private PeerWords() {}

  static Hash id(Block block) {
    return Blocks.id(block.header());
  }

  /** A peer says it is at this height. */
  static StatusMessage claim(long height) {
    return new StatusMessage(height, 0, Step.IDLE, List.of());
  }

  /** Signed with the key of this number; validators have the key of their index. */
  static Vote signed(Vote unsigned, int key) {
    return new Vote(
        unsigned.type(),
        unsigned.height(),
        unsigned.round(),
        unsigned.blockId(),
        unsigned.validator(),
        sign(key, Votes.signBytes(SimGenesis.CHAIN, unsigned)));
  }

  static Proposal signed(Proposal unsigned, int key) {
    return new Proposal(
        unsigned.height(),
        unsigned.round(),
        unsigned.validRound(),
        unsigned.blockId(),
        unsigned.proposer(),
        sign(key, Votes.signBytes(SimGenesis.CHAIN, unsigned)));
  }

  private static Bytes sign(int key, byte[] message) {
    return Bytes.of(SimKeys.signer(key).sign(message));
  }

  static VoteMessage vote(
      VoteType type, long height, int round, Optional<Hash> blockId, int validator) {
    Vote unsigned = new Vote(type, height, round, blockId, validator, Bytes.empty());
    return new VoteMessage(signed(unsigned, validator));
  }

  static VoteMessage prevote(Optional<Hash> blockId, int validator) {
    return vote(VoteType.PREVOTE, 1, 0, blockId, validator);
  }

  static ProposalMessage proposal(Block block, int proposer) {
    return proposal(block, proposer, 0, -1);
  }

  static ProposalMessage proposal(Block block, int proposer, int round, int validRound) {
    long height = block.header().height();
    Proposal unsigned = new Proposal(height, round, validRound, id(block), proposer, Bytes.empty());
    return new ProposalMessage(signed(unsigned, proposer), block);
  }

  static CommitSignature precommit(CommitCertificate of, int validator) {
    Vote vote = Votes.precommit(of, new CommitSignature(validator, Bytes.of(new byte[64])));
    return new CommitSignature(validator, signed(vote, validator).signature());
  }

  static StoredBlock with(StoredBlock stored, List<CommitSignature> signatures) {
    CommitCertificate c = stored.certificate();
    return new StoredBlock(
        stored.block(), new CommitCertificate(c.height(), c.round(), c.blockId(), signatures));
  }

  /** What the engine itself has voted. */
  static List<Optional<Hash>> own(LoneEngine engine) {
    return own(engine, List.of(VoteType.values()));
  }

  static List<Optional<Hash>> own(LoneEngine engine, VoteType type) {
    return own(engine, List.of(type));
  }

  private static List<Optional<Hash>> own(LoneEngine engine, List<VoteType> types) {
    return engine.sent(VoteMessage.class).stream()
        .map(VoteMessage::vote)
        .filter(vote -> vote.validator() == LoneEngine.SELF && types.contains(vote.type()))
        .map(Vote::blockId)
        .toList();
  }
}
