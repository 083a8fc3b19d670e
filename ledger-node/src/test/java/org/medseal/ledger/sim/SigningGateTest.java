package org.medseal.ledger.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.ledger.sim.PeerWords.claim;
import static org.medseal.ledger.sim.PeerWords.own;
import static org.medseal.ledger.sim.PeerWords.precommit;
import static org.medseal.ledger.sim.PeerWords.prevote;
import static org.medseal.ledger.sim.PeerWords.vote;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.Votes;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksResponse;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VoteMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.WitnessAnswer;
import org.medseal.ledger.engine.embedded.PeerMessage.WitnessRequest;
import org.medseal.ledger.engine.embedded.SignState.SignSlot;
import org.medseal.ledger.engine.embedded.SilenceMark;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.CommitCertificate.CommitSignature;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.VoteType;

/** When a validator that has just started signs, and when an old disk keeps it from signing. */
class SigningGateTest {
  private static final List<StoredBlock> CHAIN = LoneEngine.chain();
  private static final Hash OTHER = Hash.of(SimKeys.sha256(new byte[] {1}));

  @Test
  void whatIsToBeSignedBeforeAQuorumHasAnsweredIsSaidAfterwards() {
    LoneEngine engine = connected(LoneEngine.emptyDisk());
    assertThat(engine.sent(WitnessRequest.class)).hasSize(LoneEngine.SELF);
    engine.core.onMessage(0, proposal(CHAIN.get(0).block()));
    engine.core.onMessage(0, knowsNothing(1));
    assertThat(engine.sent(VoteMessage.class)).as("30 and 20 of 100 are no quorum").isEmpty();
    engine.core.onMessage(1, knowsNothing(1));
    assertThat(own(engine)).containsExactly(Optional.of(CHAIN.get(0).certificate().blockId()));
  }

  @Test
  void aRestartOfEverybodyWaitsForNothingButAQuorumOfAnswers() {
    LoneEngine engine = connected(LoneEngine.emptyDisk());
    engine.core.onMessage(1, new WitnessRequest(key()));
    assertThat(engine.sent(WitnessAnswer.class))
        .as("answers before it may sign itself")
        .containsExactly(new WitnessAnswer(1, List.of(), List.of()));
  }

  @Test
  void nothingIsSignedBeforeTheBlocksThatPeersHaveAreHere() {
    LoneEngine engine = connected(LoneEngine.emptyDisk());
    List<StoredBlock> others = withoutOwn(2);
    engine.core.onMessage(0, knowsNothing(2));
    engine.core.onMessage(1, knowsNothing(2));
    engine.core.onMessage(0, proposal(CHAIN.get(0).block()));
    assertThat(engine.sent(VoteMessage.class)).isEmpty();
    engine.core.onMessage(0, claim(2));
    engine.core.onMessage(0, new BlocksResponse(others.subList(0, 1)));
    assertThat(engine.disk.blocks.height()).isEqualTo(1);
    engine.core.onMessage(0, proposal(CHAIN.get(1).block()));
    assertThat(own(engine)).containsExactly(Optional.of(CHAIN.get(1).certificate().blockId()));
  }

  @Test
  void lessThanAThirdOfStakeCannotHoldUpSigningByClaimingBlocks() {
    LoneEngine engine = connected(LoneEngine.emptyDisk());
    engine.core.onMessage(0, knowsNothing(1_000_000));
    engine.core.onMessage(1, knowsNothing(1));
    engine.core.onMessage(2, proposal(CHAIN.get(0).block()));
    assertThat(own(engine)).hasSize(1);
  }

  @Test
  void anOwnVoteThatTheDiskDoesNotKnowOfSilencesAcrossRestarts() {
    LoneEngine engine = connected(LoneEngine.emptyDisk());
    engine.core.onMessage(
        0, knows(vote(VoteType.PREVOTE, 1, 3, Optional.empty(), LoneEngine.SELF)));
    assertThat(engine.disk.silence.kind()).isEqualTo(SilenceMark.Kind.SILENT);
    LoneEngine again = new LoneEngine(engine.disk);
    again.core.start();
    again.peersKnowNothing();
    again.core.onMessage(0, proposal(CHAIN.get(0).block()));
    assertThat(again.sent(VoteMessage.class)).isEmpty();
    assertThat(again.core.status().waiting().warnings().toString()).contains("signing nothing");
  }

  @Test
  void anOwnVoteThatTheSignStateKnowsOfSilencesNobody() {
    SimDisk disk = LoneEngine.emptyDisk();
    VoteMessage said = vote(VoteType.PREVOTE, 1, 0, Optional.empty(), LoneEngine.SELF);
    disk.signed.record(
        new SignSlot(1, 0, SignSlot.PREVOTE),
        Votes.signBytes(SimGenesis.CHAIN, said.vote()),
        said.vote().signature().toArray());
    LoneEngine engine = connected(disk);
    engine.core.onMessage(0, knows(said));
    engine.core.onMessage(1, knows(said));
    assertThat(disk.silence.kind()).isEqualTo(SilenceMark.Kind.NONE);
    assertThat(engine.core.status().waiting().warnings()).isEmpty();
  }

  @Test
  void aForgedTestimonyCostsItsSenderAndNobodyElse() {
    LoneEngine engine = connected(LoneEngine.emptyDisk());
    engine.core.onMessage(0, knows(vote(VoteType.PREVOTE, 1, 3, Optional.empty(), 1)));
    assertThat(engine.disk.silence.kind()).isEqualTo(SilenceMark.Kind.NONE);
    assertThat(engine.core.isBanned(0)).isTrue();
  }

  @Test
  void anOwnVoteHeardWhileSigningSilences() {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(1, vote(VoteType.PREVOTE, 1, 1, Optional.of(OTHER), LoneEngine.SELF));
    engine.core.onMessage(0, proposal(CHAIN.get(0).block()));
    assertThat(own(engine)).isEmpty();
    assertThat(engine.disk.silence.kind()).isEqualTo(SilenceMark.Kind.SILENT);
  }

  @Test
  void aWipedHomeIsSilentOnceABlockShowsItsSignature() {
    StoredBlock shown = CHAIN.stream().filter(SigningGateTest::showsOwn).findFirst().orElseThrow();
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(1, claim(CHAIN.size() + 1));
    engine.core.onMessage(1, new BlocksResponse(CHAIN.subList(0, (int) shown.height())));
    assertThat(engine.disk.silence.kind()).isEqualTo(SilenceMark.Kind.SILENT);
  }

  @Test
  void silenceEndsWithTheFifthQuietBlockBeyondThePeersTip() {
    LoneEngine engine = silentAbove(CHAIN.size());
    engine.core.onMessage(0, knowsNothing(2));
    engine.core.onMessage(1, knowsNothing(2));
    engine.core.onMessage(1, claim(CHAIN.size() + 1));
    engine.core.onMessage(1, new BlocksResponse(CHAIN.subList(0, 5)));
    assertThat(engine.disk.silence.kind())
        .as("block 1 is not beyond the tip")
        .isEqualTo(SilenceMark.Kind.SILENT);
    engine.core.onMessage(1, new BlocksResponse(CHAIN.subList(5, 6)));
    assertThat(engine.disk.silence.kind()).isEqualTo(SilenceMark.Kind.NONE);
  }

  @Test
  void anOwnSignatureMeanwhileStartsTheCountAgain() {
    LoneEngine engine = fourQuietBlocks();
    engine.core.onMessage(1, vote(VoteType.PREVOTE, 5, 0, Optional.empty(), LoneEngine.SELF));
    engine.core.onMessage(1, new BlocksResponse(withoutOwn(5).subList(4, 5)));
    assertThat(engine.disk.blocks.height()).isEqualTo(5);
    assertThat(engine.disk.silence.kind()).isEqualTo(SilenceMark.Kind.SILENT);
  }

  @Test
  void onceSilenceIsOverNothingUpToThatHeightIsSigned() {
    LoneEngine engine = fourQuietBlocks();
    engine.core.onMessage(1, new BlocksResponse(withoutOwn(5).subList(4, 5)));
    assertThat(engine.disk.silence.kind()).isEqualTo(SilenceMark.Kind.NONE);
    assertThat(engine.disk.signed.last())
        .isEqualTo(new SignSlot(5, Integer.MAX_VALUE, SignSlot.PRECOMMIT));
  }

  private static LoneEngine fourQuietBlocks() {
    LoneEngine engine = silentAbove(4);
    engine.core.onMessage(0, knowsNothing(1));
    engine.core.onMessage(1, knowsNothing(1));
    engine.core.onMessage(1, claim(CHAIN.size() + 1));
    engine.core.onMessage(1, new BlocksResponse(CHAIN.subList(0, 4)));
    assertThat(engine.disk.silence.kind()).isEqualTo(SilenceMark.Kind.SILENT);
    return engine;
  }

  @Test
  void anOperatorsWordEndsSilenceAndSignsOnlyAboveWhatPeersHold() {
    SimDisk disk = LoneEngine.emptyDisk();
    disk.silence.set(SilenceMark.Kind.CONFIRMED, "an operator confirmed");
    LoneEngine engine = connected(disk);
    engine.core.onMessage(
        0, knows(vote(VoteType.PREVOTE, 1, 0, Optional.empty(), LoneEngine.SELF)));
    engine.core.onMessage(1, knowsNothing(1));
    assertThat(disk.silence.kind()).isEqualTo(SilenceMark.Kind.NONE);
    Block block = CHAIN.get(0).block();
    Optional<Hash> id = Optional.of(Blocks.id(block.header()));
    engine.core.onMessage(0, proposal(block));
    assertThat(own(engine)).as("its prevote of round 0 is out").isEmpty();
    for (int peer = 0; peer < 3; peer++) {
      engine.core.onMessage(peer, prevote(id, peer));
    }
    assertThat(own(engine)).as("its precommit is not").containsExactly(id);
  }

  private static LoneEngine connected(SimDisk disk) {
    LoneEngine engine = new LoneEngine(disk);
    engine.core.start();
    for (int peer = 0; peer < LoneEngine.SELF; peer++) {
      engine.core.onPeerConnected(peer);
    }
    return engine;
  }

  /** Marked, with a sign-state that knows of all its signatures up to a height. */
  private static LoneEngine silentAbove(long height) {
    SimDisk disk = LoneEngine.emptyDisk();
    disk.silence.set(SilenceMark.Kind.SILENT, "restored");
    disk.signed.record(new SignSlot(height, 100, SignSlot.PRECOMMIT), new byte[0], new byte[64]);
    return connected(disk);
  }

  private static boolean showsOwn(StoredBlock stored) {
    return stored.certificate().signatures().stream()
        .anyMatch(each -> each.validator() == LoneEngine.SELF);
  }

  /** The first blocks, proven by the others alone. */
  private static List<StoredBlock> withoutOwn(int count) {
    return CHAIN.subList(0, count).stream()
        .map(each -> new StoredBlock(each.block(), byOthers(each.certificate())))
        .toList();
  }

  private static CommitCertificate byOthers(CommitCertificate real) {
    List<CommitSignature> signatures =
        IntStream.range(0, LoneEngine.SELF).mapToObj(each -> precommit(real, each)).toList();
    return new CommitCertificate(real.height(), real.round(), real.blockId(), signatures);
  }

  private static WitnessAnswer knowsNothing(long height) {
    return new WitnessAnswer(height, List.of(), List.of());
  }

  private static WitnessAnswer knows(VoteMessage vote) {
    return new WitnessAnswer(1, List.of(vote.vote()), List.of());
  }

  private static Bytes key() {
    return LoneEngine.GENESIS.institutions().get(1).validatorKey();
  }

  private static ProposalMessage proposal(Block block) {
    return PeerWords.proposal(block, block.header().proposer());
  }
}
