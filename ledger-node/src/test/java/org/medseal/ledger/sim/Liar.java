package org.medseal.ledger.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.Votes;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VoteMessage;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.Vote;

/**
 * Turns what an honest engine would say into lies: different votes and blocks for different peers,
 * votes in far rounds, false valid rounds, invalid blocks, or nothing at all.
 */
final class Liar {
  private final int index;
  private final Faults.Lie lie;
  private final Random random;
  private final List<Hash> seen = new ArrayList<>();

  Liar(int index, Faults.Lie lie, Random random) {
    this.index = index;
    this.lie = lie;
    this.random = random;
  }

  /** What one peer gets instead of this message. */
  List<PeerMessage> tell(PeerMessage message) {
    if (message instanceof ProposalMessage proposal) {
      remember(proposal.proposal().blockId());
      return isMine(proposal) ? distort(proposal) : List.of(message);
    }
    if (message instanceof VoteMessage vote) {
      vote.vote().blockId().ifPresent(this::remember);
      return vote.vote().validator() == index ? distort(vote) : List.of(message);
    }
    return lie == Faults.Lie.SILENT ? List.of() : List.of(message);
  }

  private boolean isMine(ProposalMessage message) {
    return message.proposal().proposer() == index;
  }

  private void remember(Hash id) {
    if (!seen.contains(id)) {
      seen.add(id);
    }
  }

  private List<PeerMessage> distort(VoteMessage message) {
    if (lie == Faults.Lie.SILENT) {
      return List.of();
    }
    Vote vote = message.vote();
    Vote other = signed(vote, vote.round(), someBlock());
    return switch (random.nextInt(6)) {
      case 0 -> List.of(message);
      case 1 -> List.of(new VoteMessage(other));
      case 2 -> List.of(message, new VoteMessage(other));
      case 3 -> List.of(new VoteMessage(signed(vote, vote.round(), Optional.empty())));
      case 4 ->
          List.of(
              message,
              new VoteMessage(signed(vote, vote.round() + random.nextInt(1_000), someBlock())));
      default -> List.of();
    };
  }

  private List<PeerMessage> distort(ProposalMessage message) {
    if (lie == Faults.Lie.SILENT) {
      return List.of();
    }
    Proposal proposal = message.proposal();
    ProposalMessage later = offer(proposal, proposal.validRound(), twin(message.block(), 1, false));
    return switch (random.nextInt(6)) {
      case 0 -> List.of(message);
      case 1 -> List.of(later);
      case 2 -> List.of(message, later);
      case 3 -> List.of(offer(proposal, proposal.round() - 1, message.block()));
      case 4 -> List.of(offer(proposal, proposal.validRound(), twin(message.block(), 2, true)));
      default -> List.of();
    };
  }

  private static Block twin(Block block, long laterMs, boolean falseRoot) {
    BlockHeader h = block.header();
    return new Block(
        new BlockHeader(
            h.version(),
            h.chainId(),
            h.height(),
            h.timeMs() + laterMs,
            h.parent(),
            h.lastCommitHash(),
            h.transactionRoot(),
            falseRoot ? h.parent() : h.stateRoot(),
            h.receiptsRoot(),
            h.evidenceHash(),
            h.replicaReceiptsHash(),
            h.validatorsHash(),
            h.nextValidatorsHash(),
            h.parametersHash(),
            h.proposer()),
        block.transactions(),
        block.lastCommit(),
        block.evidence());
  }

  private ProposalMessage offer(Proposal like, int validRound, Block block) {
    Hash id = Blocks.id(block.header());
    remember(id);
    Proposal unsigned =
        new Proposal(like.height(), like.round(), validRound, id, index, Bytes.empty());
    byte[] signature = SimKeys.signer(index).sign(Votes.signBytes(SimGenesis.CHAIN, unsigned));
    return new ProposalMessage(
        new Proposal(like.height(), like.round(), validRound, id, index, Bytes.of(signature)),
        block);
  }

  private Optional<Hash> someBlock() {
    return seen.isEmpty()
        ? Optional.empty()
        : Optional.of(seen.get(seen.size() - 1 - random.nextInt(Math.min(3, seen.size()))));
  }

  private Vote signed(Vote like, int round, Optional<Hash> blockId) {
    Vote unsigned = new Vote(like.type(), like.height(), round, blockId, index, Bytes.empty());
    byte[] signature = SimKeys.signer(index).sign(Votes.signBytes(SimGenesis.CHAIN, unsigned));
    return new Vote(like.type(), like.height(), round, blockId, index, Bytes.of(signature));
  }
}
