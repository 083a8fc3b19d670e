package org.medseal.ledger.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.Votes;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VoteMessage;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.BlockHeader;
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
    return vote.signature().equals(sign(Votes.signBytes(SimGenesis.CHAIN, vote)));
  }

  boolean isOwn(Proposal proposal) {
    return proposal.signature().equals(sign(Votes.signBytes(SimGenesis.CHAIN, proposal)));
  }

  private Bytes sign(byte[] message) {
    return Bytes.of(SimKeys.signer(key).sign(message));
  }

  VoteMessage vote(Vote like, VoteType type, int round, Optional<Hash> blockId) {
    return vote(new Vote(type, like.height(), round, blockId, like.validator(), Bytes.empty()));
  }

  VoteMessage vote(Vote unsigned) {
    return new VoteMessage(
        new Vote(
            unsigned.type(),
            unsigned.height(),
            unsigned.round(),
            unsigned.blockId(),
            unsigned.validator(),
            sign(Votes.signBytes(SimGenesis.CHAIN, unsigned))));
  }

  ProposalMessage offer(Proposal like, int validRound, Block block) {
    return offer(like, like.round(), validRound, block);
  }

  ProposalMessage offer(Proposal like, int round, int validRound, Block block) {
    Hash id = Blocks.id(block.header());
    Proposal unsigned =
        new Proposal(like.height(), round, validRound, id, like.proposer(), Bytes.empty());
    return new ProposalMessage(
        new Proposal(
            like.height(),
            round,
            validRound,
            id,
            like.proposer(),
            sign(Votes.signBytes(SimGenesis.CHAIN, unsigned))),
        block);
  }

  /** As good as the one it comes from, but another one. */
  static Block twin(Block block) {
    BlockHeader h = block.header();
    return with(block, header(h, h.timeMs() + 1, h.parent(), h.stateRoot(), h.validatorsHash()));
  }

  /** Whole and signed, but nothing that may be decided. */
  Block invalid(Block block) {
    BlockHeader h = block.header();
    Hash junk = Hash.of(SimKeys.sha256(new byte[] {(byte) random.nextInt()}));
    return switch (random.nextInt(9)) {
      case 0 -> with(block, header(h, h.timeMs(), h.parent(), junk, h.validatorsHash()));
      case 1 -> with(block, header(h, h.timeMs(), junk, h.stateRoot(), h.validatorsHash()));
      case 2 -> with(block, header(h, 1, h.parent(), h.stateRoot(), h.validatorsHash()));
      case 3 ->
          with(
              block,
              header(
                  h,
                  h.timeMs() + 3_600_000 + random.nextInt(1_000),
                  h.parent(),
                  h.stateRoot(),
                  h.validatorsHash()));
      case 4 -> with(block, header(h, h.timeMs(), h.parent(), h.stateRoot(), junk));
      case 5 -> withTransactions(block);
      case 6, 7 -> withAccusation(block);
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
    Vote nil =
        new Vote(VoteType.PREVOTE, height, 0, Optional.empty(), accused, sign(new byte[] {1}));
    Vote other =
        new Vote(
            VoteType.PREVOTE,
            height,
            0,
            Optional.of(block.header().parent()),
            accused,
            sign(new byte[] {2}));
    Evidence accusation =
        random.nextBoolean()
            ? new Evidence.DuplicateVote(nil, other)
            : new Evidence.DuplicateVote(other, nil);
    List<Evidence> evidence = new ArrayList<>(block.evidence());
    evidence.add(accusation);
    return sealed(new Block(block.header(), block.transactions(), block.lastCommit(), evidence));
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

  private static Block with(Block block, BlockHeader header) {
    return new Block(header, block.transactions(), block.lastCommit(), block.evidence());
  }

  private static BlockHeader header(
      BlockHeader h, long timeMs, Hash parent, Hash stateRoot, Hash validators) {
    return new BlockHeader(
        h.version(),
        h.chainId(),
        h.height(),
        timeMs,
        parent,
        h.lastCommitHash(),
        h.transactionRoot(),
        stateRoot,
        h.receiptsRoot(),
        h.evidenceHash(),
        h.replicaReceiptsHash(),
        validators,
        h.nextValidatorsHash(),
        h.prioritiesHash(),
        h.parametersHash(),
        h.proposer());
  }

  /** With the header that belongs to its body. */
  private static Block sealed(Block block) {
    BlockHeader h = block.header();
    BlockHeader fitting =
        new BlockHeader(
            h.version(),
            h.chainId(),
            h.height(),
            h.timeMs(),
            h.parent(),
            Blocks.certificateHash(block.lastCommit()),
            Blocks.transactionRoot(block.transactions()),
            h.stateRoot(),
            h.receiptsRoot(),
            Blocks.evidenceHash(block.evidence()),
            h.replicaReceiptsHash(),
            h.validatorsHash(),
            h.nextValidatorsHash(),
            h.prioritiesHash(),
            h.parametersHash(),
            h.proposer());
    return with(block, fitting);
  }
}
