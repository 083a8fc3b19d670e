package org.medseal.ledger.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.ledger.sim.PeerWords.claim;
import static org.medseal.ledger.sim.PeerWords.id;
import static org.medseal.ledger.sim.PeerWords.own;
import static org.medseal.ledger.sim.PeerWords.proposal;
import static org.medseal.ledger.sim.PeerWords.signed;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksResponse;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.SignState.SignSlot;
import org.medseal.ledger.engine.embedded.TimerId;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

/** Which proposals get a vote, which get nil, and which are not heard at all. */
class HostileProposalTest {
  private static final List<StoredBlock> CHAIN = LoneEngine.chain();
  private static final int PROPOSER_AT_TWO = 1;
  private static final Hash OTHER = Hash.of(SimKeys.sha256(new byte[] {1}));

  @Test
  void aGoodProposalIsPrevoted() {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(0, proposal(CHAIN.get(0).block(), 0));
    assertThat(own(engine, VoteType.PREVOTE))
        .containsExactly(Optional.of(id(CHAIN.get(0).block())));
  }

  @Test
  void aSwappedBodyIsDroppedAndTheWholeBlockStillTaken() {
    LoneEngine engine = LoneEngine.started();
    Block whole = CHAIN.get(0).block();
    List<IdentifiedTransaction> others = CHAIN.get(1).block().transactions();
    assertThat(others).isNotEmpty();
    Block swapped = new Block(whole.header(), others, whole.lastCommit(), List.of());
    engine.core.onMessage(1, proposal(swapped, 0));
    assertThat(own(engine, VoteType.PREVOTE)).isEmpty();
    engine.core.onMessage(0, proposal(whole, 0));
    assertThat(own(engine, VoteType.PREVOTE)).containsExactly(Optional.of(id(whole)));
  }

  static Stream<Consumer<HeaderDraft>> falseHeaders() {
    return Stream.of(
        draft -> draft.version(2),
        draft -> draft.chainId("other"),
        draft -> draft.timeMs(1),
        draft -> draft.timeMs(Long.MAX_VALUE),
        draft -> draft.parent(OTHER),
        draft -> draft.stateRoot(OTHER),
        draft -> draft.receiptsRoot(OTHER),
        draft -> draft.validators(OTHER),
        draft -> draft.priorities(Blocks.prioritiesHash(List.of(1L, 0L, 0L, -1L))),
        draft -> draft.proposer(1),
        draft -> draft.proposer(1_000_000));
  }

  @ParameterizedTest
  @MethodSource("falseHeaders")
  void aBlockThatDoesNotFitGetsNil(Consumer<HeaderDraft> change) {
    LoneEngine engine = LoneEngine.started();
    Block block = CHAIN.get(0).block();
    HeaderDraft draft = HeaderDraft.of(block);
    change.accept(draft);
    engine.core.onMessage(0, proposal(draft.over(block), 0));
    assertThat(own(engine, VoteType.PREVOTE)).containsExactly(Optional.empty());
  }

  @Test
  void aBlockWithATransactionTwiceGetsNil() {
    LoneEngine engine = LoneEngine.started();
    Block block = CHAIN.get(0).block();
    var twice = Stream.concat(block.transactions().stream(), block.transactions().stream());
    Block doubled = new Block(block.header(), twice.toList(), block.lastCommit(), block.evidence());
    engine.core.onMessage(0, proposal(HeaderDraft.of(block).sealing(doubled), 0));
    assertThat(own(engine, VoteType.PREVOTE)).containsExactly(Optional.empty());
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
    engine.core.onMessage(PROPOSER_AT_TWO, proposal(block, PROPOSER_AT_TWO));
    return own(engine, VoteType.PREVOTE);
  }

  @Test
  void aProposalOfTheWrongValidatorOrWithAFalseSignatureIsDropped() {
    LoneEngine engine = LoneEngine.started();
    Block block = CHAIN.get(0).block();
    engine.core.onMessage(1, proposal(block, 1));
    Proposal good = proposal(block, 0).proposal();
    Proposal signedByAnother = signed(good, 1);
    engine.core.onMessage(0, new ProposalMessage(signedByAnother, block));
    assertThat(own(engine, VoteType.PREVOTE)).isEmpty();
    assertThat(engine.core.status().step()).isEqualTo("IDLE");
    engine.core.onMessage(2, new ProposalMessage(good, block));
    assertThat(own(engine, VoteType.PREVOTE)).hasSize(1);
  }

  @Test
  void aProposalThatPointsToNoEarlierRoundIsNotLoggedAndItsSenderBanned() {
    for (int validRound : new int[] {0, 7}) {
      LoneEngine engine = LoneEngine.started();
      engine.core.onMessage(0, proposal(CHAIN.get(0).block(), 0));
      int logged = engine.disk.log.size();
      Block block = later(1);
      engine.core.onMessage(0, proposal(block, 0, 0, validRound));
      assertThat(engine.disk.log.size()).isEqualTo(logged);
      assertThat(engine.core.isBanned(0)).isTrue();
    }
  }

  @Test
  void proposalsOfARoundNoLongerKeptAreNotLogged() {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(0, proposal(CHAIN.get(0).block(), 0));
    for (int round = 0; round < 70; round++) {
      engine.core.onTimer(new TimerId(TimerId.Kind.PRECOMMIT, 1, round));
    }
    assertThat(engine.core.status().round()).isEqualTo(70);
    int logged = engine.disk.log.size();
    for (int i = 1; i < 10; i++) {
      engine.core.onMessage(0, proposal(later(i), 0));
    }
    assertThat(engine.disk.log.size()).isEqualTo(logged);
    assertThat(engine.core.isBanned(0)).as("it may have been on its way").isFalse();
  }

  @Test
  void ofOneRoundTwoProposalsAreLogged() {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(0, proposal(CHAIN.get(0).block(), 0));
    int logged = engine.disk.log.size();
    for (int i = 1; i < 10; i++) {
      engine.core.onMessage(0, proposal(later(i), 0));
    }
    assertThat(engine.disk.log.size()).isEqualTo(logged + 1);
  }

  private static Block later(int ms) {
    Block first = CHAIN.get(0).block();
    return HeaderDraft.of(first).later(ms).over(first);
  }

  private static Block fitting(Block block) {
    return HeaderDraft.of(block).proposer(PROPOSER_AT_TWO).sealing(block);
  }
}
