package org.medseal.ledger.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.Votes;
import org.medseal.ledger.consensus.Step;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksResponse;
import org.medseal.ledger.engine.embedded.PeerMessage.OfferMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.StatusMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.TransactionsMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VoteMessage;
import org.medseal.ledger.engine.embedded.SignState.SignSlot;
import org.medseal.ledger.engine.embedded.TimerId;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.CommitCertificate.CommitSignature;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

/** What peers send is believed only as far as it proves itself. */
class HostilePeerTest {
  private static final List<StoredBlock> CHAIN = LoneEngine.chain();
  private static final int PROPOSER_AT_TWO = 1;
  private static final Hash OTHER = Hash.of(SimKeys.sha256(new byte[] {1}));

  static Stream<UnaryOperator<StoredBlock>> forgeries() {
    return Stream.of(
        stored -> with(stored, signatures(stored).subList(0, 2)),
        stored -> with(stored, twice(signatures(stored))),
        stored -> with(stored, List.of()),
        stored -> with(stored, flipped(signatures(stored))),
        stored -> with(stored, strangers(signatures(stored))),
        stored ->
            new StoredBlock(
                new Block(
                    stored.block().header(), List.of(), stored.block().lastCommit(), List.of()),
                stored.certificate()),
        stored -> new StoredBlock(header(stored.block(), h -> timeLater(h)), stored.certificate()));
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void aBlockThatIsNotProvenIsNotTakenAndItsSenderNotAskedAgain(
      UnaryOperator<StoredBlock> forgery) {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(1, claim(2));
    assertThat(engine.sent(BlocksRequest.class)).hasSize(1);
    engine.core.onMessage(1, new BlocksResponse(List.of(forgery.apply(CHAIN.get(0)))));
    assertThat(engine.disk.blocks.height()).isZero();
    engine.core.onMessage(1, claim(2));
    assertThat(engine.sent(BlocksRequest.class)).hasSize(1);
    engine.core.onMessage(2, claim(2));
    assertThat(engine.sent(BlocksRequest.class)).hasSize(2);
    engine.core.onMessage(2, new BlocksResponse(CHAIN.subList(0, 1)));
    assertThat(engine.disk.blocks.height()).isEqualTo(1);
  }

  @Test
  void aPeerThatOffersAndNeverSendsDoesNotKeepATransactionAway() {
    LoneEngine engine = LoneEngine.started();
    OfferMessage offer = new OfferMessage(List.of(OTHER));
    for (int second = 0; second < 4 && !engine.asked.contains(2); second++) {
      engine.core.onMessage(1, offer);
      engine.core.onMessage(2, offer);
      engine.nowMs += 1_000;
      engine.core.onTimer(new TimerId(TimerId.Kind.REOFFER, 0, 0));
    }
    assertThat(engine.asked).startsWith(1).endsWith(2).hasSize(2);
  }

  @Test
  void blocksNobodyAskedForAreNotTaken() {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(1, new BlocksResponse(CHAIN));
    assertThat(engine.disk.blocks.height()).isZero();
  }

  @Test
  void aNodeBehindFetchesTheWholeChain() {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(1, claim(CHAIN.size() + 1));
    engine.core.onMessage(1, new BlocksResponse(CHAIN));
    assertThat(engine.disk.blocks.height()).isEqualTo(CHAIN.size());
    assertThat(engine.core.status().blockId())
        .isEqualTo(CHAIN.get(CHAIN.size() - 1).certificate().blockId());
  }

  @Test
  void aNodeTwoHeightsBehindCatchesUpThoughItHearsVotesOnly() {
    assertThat(CHAIN).hasSizeGreaterThan(4);
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(1, claim(2));
    engine.core.onMessage(1, new BlocksResponse(CHAIN.subList(0, 1)));
    engine.sent.clear();
    engine.core.onMessage(1, farVote(3));
    assertThat(engine.sent(BlocksRequest.class)).as("one ahead: its votes are kept").isEmpty();
    engine.core.onMessage(1, farVote(4));
    assertThat(engine.sent(BlocksRequest.class)).containsExactly(new BlocksRequest(2, 3));
    engine.core.onMessage(2, farVote(5));
    engine.core.onMessage(1, new BlocksResponse(CHAIN.subList(1, 3)));
    assertThat(engine.disk.blocks.height()).isEqualTo(3);
    assertThat(engine.sent(BlocksRequest.class)).last().isEqualTo(new BlocksRequest(4, 4));
  }

  @Test
  void whatWasCommittedBetweenItsCheckAndItsSubmissionIsNotToldOn() {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(1, claim(2));
    engine.core.onMessage(1, new BlocksResponse(CHAIN.subList(0, 1)));
    IdentifiedTransaction committed = CHAIN.get(0).block().transactions().get(0);
    engine.mempool.add(committed);
    engine.core.submitted(committed, 0);
    assertThat(engine.mempool.size()).isZero();
    IdentifiedTransaction fresh = SimGenesis.transaction(1_000, false);
    engine.mempool.add(fresh);
    engine.sent.clear();
    engine.core.submitted(fresh, 0);
    engine.core.onTimer(new TimerId(TimerId.Kind.GOSSIP, 0, 0));
    assertThat(engine.sent).contains(new TransactionsMessage(List.of(fresh)));
  }

  @Test
  void aVoteOfABannedPeerFarAheadAsksForNothing() {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(1, claim(2));
    engine.core.onMessage(1, new BlocksResponse(List.of(with(CHAIN.get(0), List.of()))));
    engine.sent.clear();
    engine.core.onMessage(1, farVote(5));
    assertThat(engine.sent).isEmpty();
  }

  private static VoteMessage farVote(long height) {
    Vote unsigned = new Vote(VoteType.PREVOTE, height, 0, Optional.empty(), 1, Bytes.empty());
    byte[] signature = SimKeys.signer(1).sign(Votes.signBytes(SimGenesis.CHAIN, unsigned));
    return new VoteMessage(
        new Vote(VoteType.PREVOTE, height, 0, Optional.empty(), 1, Bytes.of(signature)));
  }

  @Test
  void aRequestForBlocksIsAnsweredWithinBounds() {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(1, claim(CHAIN.size() + 1));
    engine.core.onMessage(1, new BlocksResponse(CHAIN));
    engine.sent.clear();
    engine.core.onMessage(2, new BlocksRequest(0, Long.MAX_VALUE));
    assertThat(engine.sent(BlocksResponse.class)).containsExactly(new BlocksResponse(CHAIN));
    engine.sent.clear();
    for (int i = 0; i < 1_000; i++) {
      engine.core.onMessage(2, new BlocksRequest(1, 1));
    }
    assertThat(engine.sent).hasSizeLessThan(60);
  }

  @Test
  void aGoodProposalIsPrevoted() {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(0, proposal(CHAIN.get(0).block()));
    assertThat(prevotes(engine)).containsExactly(Optional.of(id(CHAIN.get(0).block())));
  }

  @Test
  void aSwappedBodyIsDroppedAndTheWholeBlockStillTaken() {
    LoneEngine engine = LoneEngine.started();
    Block whole = CHAIN.get(0).block();
    List<IdentifiedTransaction> others = CHAIN.get(1).block().transactions();
    assertThat(others).isNotEmpty();
    Block swapped = new Block(whole.header(), others, whole.lastCommit(), List.of());
    engine.core.onMessage(1, proposal(swapped));
    assertThat(prevotes(engine)).isEmpty();
    engine.core.onMessage(0, proposal(whole));
    assertThat(prevotes(engine)).containsExactly(Optional.of(id(whole)));
  }

  static Stream<UnaryOperator<BlockHeader>> falseHeaders() {
    return Stream.of(
        h -> rebuilt(h, 2, h.chainId(), h.timeMs(), h.parent(), h.stateRoot(), h.proposer()),
        h -> rebuilt(h, 1, "other", h.timeMs(), h.parent(), h.stateRoot(), h.proposer()),
        h -> rebuilt(h, 1, h.chainId(), 1, h.parent(), h.stateRoot(), h.proposer()),
        h -> rebuilt(h, 1, h.chainId(), Long.MAX_VALUE, h.parent(), h.stateRoot(), h.proposer()),
        h -> rebuilt(h, 1, h.chainId(), h.timeMs(), OTHER, h.stateRoot(), h.proposer()),
        h -> rebuilt(h, 1, h.chainId(), h.timeMs(), h.parent(), OTHER, h.proposer()),
        h -> rebuilt(h, 1, h.chainId(), h.timeMs(), h.parent(), h.stateRoot(), 1),
        HostilePeerTest::otherPriorities,
        h -> rebuilt(h, 1, h.chainId(), h.timeMs(), h.parent(), h.stateRoot(), 1_000_000));
  }

  @ParameterizedTest
  @MethodSource("falseHeaders")
  void aBlockThatDoesNotFitGetsNil(UnaryOperator<BlockHeader> change) {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(0, proposal(header(CHAIN.get(0).block(), change)));
    assertThat(prevotes(engine)).containsExactly(Optional.empty());
  }

  @Test
  void aBlockWithATransactionTwiceGetsNil() {
    LoneEngine engine = LoneEngine.started();
    Block block = CHAIN.get(0).block();
    var twice = Stream.concat(block.transactions().stream(), block.transactions().stream());
    Block doubled = new Block(block.header(), twice.toList(), block.lastCommit(), block.evidence());
    Hash root = Blocks.transactionRoot(doubled.transactions());
    engine.core.onMessage(0, proposal(header(doubled, h -> withTransactions(h, root))));
    assertThat(prevotes(engine)).containsExactly(Optional.empty());
  }

  @Test
  void aBlockThatAccusesWithoutProofGetsNil() {
    Block block = fitting(CHAIN.get(1).block());
    assertThat(block.transactions()).isNotEmpty();
    assertThat(prevotesAtTwo(block)).containsExactly(Optional.of(id(block)));
    Vote nil = new Vote(VoteType.PREVOTE, 1, 0, Optional.empty(), 1, Bytes.of(new byte[64]));
    Vote other = new Vote(VoteType.PREVOTE, 1, 0, Optional.of(OTHER), 1, Bytes.of(new byte[64]));
    for (Evidence each :
        List.of(new Evidence.DuplicateVote(nil, other), new Evidence.DuplicateVote(other, nil))) {
      Block accusing =
          new Block(block.header(), block.transactions(), block.lastCommit(), List.of(each));
      assertThat(prevotesAtTwo(fitting(accusing))).containsExactly(Optional.empty());
    }
  }

  @Test
  void aBlockThatDoesNotProveItsParentGetsNil() {
    Block block = fitting(CHAIN.get(1).block());
    CommitCertificate proof = block.lastCommit().orElseThrow();
    CommitCertificate less =
        new CommitCertificate(
            proof.height(), proof.round(), proof.blockId(), proof.signatures().subList(0, 2));
    for (Optional<CommitCertificate> each :
        List.of(Optional.of(less), Optional.<CommitCertificate>empty())) {
      Block unproven = new Block(block.header(), block.transactions(), each, block.evidence());
      assertThat(prevotesAtTwo(fitting(unproven))).containsExactly(Optional.empty());
    }
  }

  /** What the engine, with block 1 decided, says to this block of height 2. */
  private static List<Optional<Hash>> prevotesAtTwo(Block block) {
    LoneEngine engine = LoneEngine.started();
    engine.disk.log.sync();
    SignSlot knownToHaveSigned = new SignSlot(1, 1_000, SignSlot.PRECOMMIT);
    engine.disk.signed.record(knownToHaveSigned, new byte[1], new byte[64]);
    engine.core.onMessage(1, claim(2));
    engine.core.onMessage(1, new BlocksResponse(CHAIN.subList(0, 1)));
    int proposer = PROPOSER_AT_TWO;
    Proposal unsigned = new Proposal(2, 0, -1, id(block), proposer, Bytes.empty());
    byte[] signature = SimKeys.signer(proposer).sign(Votes.signBytes(SimGenesis.CHAIN, unsigned));
    Proposal offer = new Proposal(2, 0, -1, id(block), proposer, Bytes.of(signature));
    engine.core.onMessage(proposer, new ProposalMessage(offer, block));
    return prevotes(engine);
  }

  private static Block fitting(Block block) {
    return header(
        block,
        h ->
            new BlockHeader(
                h.version(),
                h.chainId(),
                h.height(),
                h.timeMs(),
                h.parent(),
                Blocks.certificateHash(block.lastCommit()),
                h.transactionRoot(),
                h.stateRoot(),
                h.receiptsRoot(),
                Blocks.evidenceHash(block.evidence()),
                h.replicaReceiptsHash(),
                h.validatorsHash(),
                h.nextValidatorsHash(),
                h.prioritiesHash(),
                h.parametersHash(),
                PROPOSER_AT_TWO));
  }

  @Test
  void aProposalOfTheWrongValidatorOrWithAFalseSignatureIsDropped() {
    LoneEngine engine = LoneEngine.started();
    Block block = CHAIN.get(0).block();
    engine.core.onMessage(1, new ProposalMessage(signed(0, -1, id(block), 1), block));
    Proposal good = signed(0, -1, id(block), 0);
    engine.core.onMessage(
        0,
        new ProposalMessage(
            new Proposal(1, 0, -1, id(block), 0, signed(1, -1, id(block), 0).signature()), block));
    assertThat(prevotes(engine)).isEmpty();
    assertThat(engine.core.status().step()).isEqualTo("IDLE");
    engine.core.onMessage(2, new ProposalMessage(good, block));
    assertThat(prevotes(engine)).hasSize(1);
  }

  @Test
  void aVoteWithAFalseSignatureOrIndexStartsNothing() {
    LoneEngine engine = LoneEngine.started();
    for (int validator : new int[] {-1, 0, 4, Integer.MAX_VALUE}) {
      engine.core.onMessage(
          0,
          new VoteMessage(
              new Vote(
                  VoteType.PREVOTE, 1, 0, Optional.empty(), validator, Bytes.of(new byte[64]))));
    }
    engine.core.onMessage(99, claim(5));
    assertThat(engine.core.status().step()).isEqualTo("IDLE");
  }

  @Test
  void whatABannedPeerSentIsNoLongerCheckedButCountsWhenOthersPassItOn() {
    LoneEngine engine = LoneEngine.started();
    Block block = CHAIN.get(0).block();
    engine.core.onMessage(0, proposal(block));
    engine.core.onMessage(1, new VoteMessage(forged(0)));
    assertThat(engine.core.isBanned(1)).isTrue();
    int logged = engine.disk.log.size();
    engine.core.onMessage(1, new VoteMessage(nilPrevote(1)));
    assertThat(engine.disk.log.size()).isEqualTo(logged);
    engine.core.onMessage(2, new VoteMessage(nilPrevote(1)));
    assertThat(engine.disk.log.size()).isEqualTo(logged + 1);
    engine.nowMs += 31_000;
    engine.core.onMessage(1, new VoteMessage(nilPrevote(2)));
    assertThat(engine.disk.log.size()).as("the ban is over").isEqualTo(logged + 2);
  }

  private static Vote forged(int validator) {
    return new Vote(VoteType.PREVOTE, 1, 0, Optional.empty(), validator, Bytes.of(new byte[64]));
  }

  private static Vote nilPrevote(int validator) {
    byte[] signature =
        SimKeys.signer(validator).sign(Votes.signBytes(SimGenesis.CHAIN, forged(validator)));
    return new Vote(VoteType.PREVOTE, 1, 0, Optional.empty(), validator, Bytes.of(signature));
  }

  @Test
  void forgedVotesMakeNoQuorum() {
    LoneEngine engine = LoneEngine.started();
    Block block = CHAIN.get(0).block();
    engine.core.onMessage(0, proposal(block));
    for (VoteType type : VoteType.values()) {
      for (int validator = 0; validator < LoneEngine.SELF; validator++) {
        Vote forged =
            new Vote(type, 1, 0, Optional.of(id(block)), validator, Bytes.of(new byte[64]));
        engine.core.onMessage(validator, new VoteMessage(forged));
      }
    }
    assertThat(engine.core.status().step()).isEqualTo("PREVOTE");
    assertThat(engine.disk.blocks.height()).isZero();
  }

  @Test
  void aFloodOfFarRoundsNeitherMovesTheNodeNorFillsItsLog() {
    LoneEngine engine = LoneEngine.started();
    for (int round = 5; round < 5_000; round++) {
      Vote vote = new Vote(VoteType.PREVOTE, 1, round, Optional.empty(), 0, Bytes.empty());
      byte[] signature = SimKeys.signer(0).sign(Votes.signBytes(SimGenesis.CHAIN, vote));
      engine.core.onMessage(
          0,
          new VoteMessage(
              new Vote(VoteType.PREVOTE, 1, round, Optional.empty(), 0, Bytes.of(signature))));
    }
    assertThat(engine.core.status().round()).isZero();
    assertThat(engine.disk.log.size()).isLessThan(1_100);
  }

  @Test
  void aProposalThatPointsToNoEarlierRoundIsNotLoggedAndItsSenderBanned() {
    for (int validRound : new int[] {0, 7}) {
      LoneEngine engine = LoneEngine.started();
      engine.core.onMessage(0, proposal(CHAIN.get(0).block()));
      int logged = engine.disk.log.size();
      Block block = later(1);
      engine.core.onMessage(0, new ProposalMessage(signed(0, validRound, id(block), 0), block));
      assertThat(engine.disk.log.size()).isEqualTo(logged);
      assertThat(engine.core.isBanned(0)).isTrue();
    }
  }

  @Test
  void proposalsOfARoundNoLongerKeptAreNotLogged() {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(0, proposal(CHAIN.get(0).block()));
    for (int round = 0; round < 70; round++) {
      engine.core.onTimer(new TimerId(TimerId.Kind.PRECOMMIT, 1, round));
    }
    assertThat(engine.core.status().round()).isEqualTo(70);
    int logged = engine.disk.log.size();
    for (int i = 1; i < 10; i++) {
      engine.core.onMessage(0, proposal(later(i)));
    }
    assertThat(engine.disk.log.size()).isEqualTo(logged);
    assertThat(engine.core.isBanned(0)).as("it may have been on its way").isFalse();
  }

  @Test
  void ofOneRoundTwoProposalsAreLogged() {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(0, proposal(CHAIN.get(0).block()));
    int logged = engine.disk.log.size();
    for (int i = 1; i < 10; i++) {
      engine.core.onMessage(0, proposal(later(i)));
    }
    assertThat(engine.disk.log.size()).isEqualTo(logged + 1);
  }

  private static Block later(int ms) {
    return header(
        CHAIN.get(0).block(),
        h -> rebuilt(h, 1, h.chainId(), h.timeMs() + ms, h.parent(), h.stateRoot(), h.proposer()));
  }

  @Test
  void aLatePrecommitWithAFalseSignatureBansItsSender() {
    StoredBlock first = CHAIN.get(0);
    List<CommitSignature> three =
        Stream.of(0, 1, 2).map(each -> precommit(first.certificate(), each)).toList();
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(1, claim(2));
    engine.core.onMessage(1, new BlocksResponse(List.of(with(first, three))));
    assertThat(engine.disk.blocks.height()).isEqualTo(1);
    CommitSignature forged = new CommitSignature(LoneEngine.SELF, Bytes.of(new byte[64]));
    engine.core.onMessage(2, new VoteMessage(Votes.precommit(first.certificate(), forged)));
    assertThat(engine.core.isBanned(2)).isTrue();
  }

  private static CommitSignature precommit(CommitCertificate of, int validator) {
    Vote vote = Votes.precommit(of, new CommitSignature(validator, Bytes.of(new byte[64])));
    byte[] signature = SimKeys.signer(validator).sign(Votes.signBytes(SimGenesis.CHAIN, vote));
    return new CommitSignature(validator, Bytes.of(signature));
  }

  private static StatusMessage claim(long height) {
    return new StatusMessage(height, 0, Step.IDLE, List.of());
  }

  private static List<Optional<Hash>> prevotes(LoneEngine engine) {
    return engine.sent(VoteMessage.class).stream()
        .map(VoteMessage::vote)
        .filter(vote -> vote.validator() == LoneEngine.SELF)
        .map(Vote::blockId)
        .toList();
  }

  private static ProposalMessage proposal(Block block) {
    return new ProposalMessage(signed(0, -1, id(block), 0), block);
  }

  private static Proposal signed(int round, int validRound, Hash blockId, int proposer) {
    Proposal unsigned = new Proposal(1, round, validRound, blockId, proposer, Bytes.empty());
    byte[] signature = SimKeys.signer(proposer).sign(Votes.signBytes(SimGenesis.CHAIN, unsigned));
    return new Proposal(1, round, validRound, blockId, proposer, Bytes.of(signature));
  }

  private static Hash id(Block block) {
    return Blocks.id(block.header());
  }

  private static List<CommitSignature> signatures(StoredBlock stored) {
    return stored.certificate().signatures();
  }

  private static StoredBlock with(StoredBlock stored, List<CommitSignature> signatures) {
    CommitCertificate c = stored.certificate();
    return new StoredBlock(
        stored.block(), new CommitCertificate(c.height(), c.round(), c.blockId(), signatures));
  }

  private static List<CommitSignature> twice(List<CommitSignature> signatures) {
    CommitSignature first = signatures.get(0);
    return List.of(first, first, first, first);
  }

  private static List<CommitSignature> flipped(List<CommitSignature> signatures) {
    List<CommitSignature> flipped = new ArrayList<>();
    for (CommitSignature each : signatures) {
      byte[] bytes = each.signature().toArray();
      bytes[63] ^= 1;
      flipped.add(new CommitSignature(each.validator(), Bytes.of(bytes)));
    }
    return flipped;
  }

  private static List<CommitSignature> strangers(List<CommitSignature> signatures) {
    return signatures.stream()
        .map(each -> new CommitSignature(each.validator() + 100, each.signature()))
        .toList();
  }

  private static Block header(Block block, UnaryOperator<BlockHeader> change) {
    return new Block(
        change.apply(block.header()), block.transactions(), block.lastCommit(), block.evidence());
  }

  private static BlockHeader otherPriorities(BlockHeader h) {
    return new BlockHeader(
        h.version(),
        h.chainId(),
        h.height(),
        h.timeMs(),
        h.parent(),
        h.lastCommitHash(),
        h.transactionRoot(),
        h.stateRoot(),
        h.receiptsRoot(),
        h.evidenceHash(),
        h.replicaReceiptsHash(),
        h.validatorsHash(),
        h.nextValidatorsHash(),
        Blocks.prioritiesHash(List.of(1L, 0L, 0L, -1L)),
        h.parametersHash(),
        h.proposer());
  }

  private static BlockHeader timeLater(BlockHeader h) {
    return rebuilt(h, 1, h.chainId(), h.timeMs() + 1, h.parent(), h.stateRoot(), h.proposer());
  }

  private static BlockHeader withTransactions(BlockHeader h, Hash root) {
    return new BlockHeader(
        h.version(),
        h.chainId(),
        h.height(),
        h.timeMs(),
        h.parent(),
        h.lastCommitHash(),
        root,
        h.stateRoot(),
        h.receiptsRoot(),
        h.evidenceHash(),
        h.replicaReceiptsHash(),
        h.validatorsHash(),
        h.nextValidatorsHash(),
        h.prioritiesHash(),
        h.parametersHash(),
        h.proposer());
  }

  private static BlockHeader rebuilt(
      BlockHeader h,
      int version,
      String chainId,
      long timeMs,
      Hash parent,
      Hash stateRoot,
      int proposer) {
    return new BlockHeader(
        version,
        chainId,
        h.height(),
        timeMs,
        parent,
        h.lastCommitHash(),
        h.transactionRoot(),
        stateRoot,
        h.receiptsRoot(),
        h.evidenceHash(),
        h.replicaReceiptsHash(),
        h.validatorsHash(),
        h.nextValidatorsHash(),
        h.prioritiesHash(),
        h.parametersHash(),
        proposer);
  }
}
