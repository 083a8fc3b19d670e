package org.medseal.ledger.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VoteMessage;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

/** Signs whatever one Byzantine validator wants to say, with its own key only. */
final class Forger {
  private final int key;
  private final Random random;

  Forger(int key, Random random) {
    this.key = key;
    this.random = random;
  }

  boolean isOwn(Vote vote) {
    return vote.equals(PeerWords.signed(vote, key));
  }

  boolean isOwn(Proposal proposal) {
    return proposal.equals(PeerWords.signed(proposal, key));
  }

  VoteMessage vote(Vote like, VoteType type, int round, Optional<Hash> blockId) {
    return vote(new Vote(type, like.height(), round, blockId, like.validator(), Bytes.empty()));
  }

  VoteMessage vote(Vote unsigned) {
    return new VoteMessage(PeerWords.signed(unsigned, key));
  }

  ProposalMessage offer(Proposal like, int validRound, Block block) {
    return offer(like, like.round(), validRound, block);
  }

  ProposalMessage offer(Proposal like, int round, int validRound, Block block) {
    Hash id = Blocks.id(block.header());
    Proposal unsigned =
        new Proposal(like.height(), round, validRound, id, like.proposer(), Bytes.empty());
    return new ProposalMessage(PeerWords.signed(unsigned, key), block);
  }

  /** As good as the one it comes from, but another one. */
  static Block twin(Block block) {
    return HeaderDraft.of(block).later(1).over(block);
  }

  /** Whole and signed, but nothing that may be decided. */
  Block invalid(Block block) {
    HeaderDraft draft = HeaderDraft.of(block);
    Hash junk = Hash.of(SimKeys.sha256(new byte[] {(byte) random.nextInt()}));
    return switch (random.nextInt(11)) {
      case 0 -> draft.stateRoot(junk).over(block);
      case 1 -> draft.parent(junk).over(block);
      case 2 -> draft.timeMs(1).over(block);
      case 3 -> draft.later(3_600_000 + random.nextInt(1_000)).over(block);
      case 4 -> draft.validators(junk).over(block);
      case 5 -> draft.priorities(junk).over(block);
      case 6 -> draft.receiptsRoot(junk).over(block);
      case 7 -> withTransactions(block);
      case 8, 9 -> withAccusation(block);
      default -> withoutProof(block);
    };
  }

  private Block withTransactions(Block block) {
    List<IdentifiedTransaction> more = new ArrayList<>(block.transactions());
    more.add(
        more.isEmpty() || random.nextBoolean()
            ? SimGenesis.forbidden(random.nextInt(100))
            : more.get(0));
    return sealed(new Block(block.header(), more, block.lastCommit(), block.evidence()));
  }

  /** Accuses an honest validator with votes it never signed. */
  private Block withAccusation(Block block) {
    long height = block.header().height() - 1;
    int accused = block.header().proposer() == 0 ? 1 : 0;
    Vote nil = prevote(height, accused, Optional.empty());
    Vote other = prevote(height, accused, Optional.of(block.header().parent()));
    Evidence accusation =
        random.nextBoolean()
            ? new Evidence.DuplicateVote(nil, other)
            : new Evidence.DuplicateVote(other, nil);
    List<Evidence> evidence = new ArrayList<>(block.evidence());
    evidence.add(accusation);
    return sealed(new Block(block.header(), block.transactions(), block.lastCommit(), evidence));
  }

  private Vote prevote(long height, int validator, Optional<Hash> blockId) {
    return vote(new Vote(VoteType.PREVOTE, height, 0, blockId, validator, Bytes.empty())).vote();
  }

  /** Its proof of the parent is cut short, doubled, or not there. */
  private Block withoutProof(Block block) {
    Optional<CommitCertificate> shorter =
        block
            .lastCommit()
            .filter(each -> random.nextInt(3) > 0)
            .map(
                each -> {
                  List<CommitCertificate.CommitSignature> left = new ArrayList<>();
                  int count = each.signatures().size();
                  for (int i = 0; i < count; i++) {
                    left.add(each.signatures().get(random.nextBoolean() ? 0 : i / 2));
                  }
                  return new CommitCertificate(each.height(), each.round(), each.blockId(), left);
                });
    if (block.lastCommit().isEmpty()) {
      return withTransactions(block);
    }
    return sealed(new Block(block.header(), block.transactions(), shorter, block.evidence()));
  }

  private static Block sealed(Block block) {
    return HeaderDraft.of(block).sealing(block);
  }
}
