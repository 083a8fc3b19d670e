package org.medseal.ledger.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.medseal.ledger.sim.PeerWords.own;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.Votes;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.EngineException;
import org.medseal.ledger.engine.embedded.EngineException.Reason;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksResponse;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VoteMessage;
import org.medseal.ledger.engine.embedded.SignState.SignSlot;
import org.medseal.ledger.engine.embedded.TimerId;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

/** What a restarted engine knows, and what it refuses to start with. */
class RecoveryTest {
  private static final List<StoredBlock> CHAIN = LoneEngine.chain();

  @Test
  void anApplicationThatLostItsStateIsRebuiltFromTheBlocks() {
    SimDisk disk = syncedDisk();
    Hash root = disk.application.root;
    disk.application.height = 0;
    disk.application.root = Hash.ZERO;
    disk.application.committed.clear();
    LoneEngine engine = new LoneEngine(disk);
    engine.core.start();
    assertThat(disk.application.root).isEqualTo(root);
    assertThat(engine.core.status().height()).isEqualTo(CHAIN.size());
  }

  @Test
  void anApplicationAheadOfTheBlocksIsRefused() {
    SimDisk disk = LoneEngine.emptyDisk();
    disk.application.height = 1;
    assertThatThrownBy(new LoneEngine(disk).core::start)
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.reason()).isEqualTo(Reason.APPLICATION_AHEAD));
  }

  @Test
  void anApplicationWithAnotherStateIsRefused() {
    SimDisk disk = syncedDisk();
    disk.application.root = Hash.of(SimKeys.sha256(new byte[] {7}));
    assertThatThrownBy(new LoneEngine(disk).core::start)
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.reason()).isEqualTo(Reason.STATE_DIFFERS));
  }

  @Test
  void aLockSurvivesACrash() {
    LoneEngine engine = LoneEngine.started();
    Block block = CHAIN.get(0).block();
    Hash id = Blocks.id(block.header());
    engine.core.onMessage(0, proposal(0, block));
    engine.core.onMessage(0, vote(VoteType.PREVOTE, Optional.of(id), 0));
    engine.core.onMessage(1, vote(VoteType.PREVOTE, Optional.of(id), 1));
    assertThat(own(engine, VoteType.PRECOMMIT)).containsExactly(Optional.of(id));
    engine.disk.crash();

    LoneEngine again = new LoneEngine(engine.disk);
    again.core.start();
    again.peersKnowNothing();
    assertThat(again.core.status().step()).isEqualTo("PRECOMMIT");
    again.core.onMessage(0, vote(VoteType.PRECOMMIT, Optional.empty(), 0));
    again.core.onMessage(1, vote(VoteType.PRECOMMIT, Optional.empty(), 1));
    again.core.onTimer(new TimerId(TimerId.Kind.PRECOMMIT, 1, 0));
    assertThat(again.core.status().round()).isEqualTo(1);
    Block other = by(1, block);
    again.core.onMessage(1, proposal(1, other));
    assertThat(own(again, VoteType.PREVOTE)).containsExactly(Optional.empty());
  }

  /** A liar offered it as its own before; that is no fault of the block. */
  @Test
  void aBlockOfferedByAnotherThanItsBuilderIsTakenFromItsBuilderAfterARestart() {
    LoneEngine engine = LoneEngine.started();
    Block block = by(1, CHAIN.get(0).block());
    engine.core.onMessage(0, PeerWords.proposal(block, 0));
    assertThat(own(engine, VoteType.PREVOTE)).containsExactly(Optional.empty());
    engine.core.onMessage(0, vote(VoteType.PRECOMMIT, Optional.empty(), 0));
    engine.core.onMessage(1, vote(VoteType.PRECOMMIT, Optional.empty(), 1));
    engine.disk.log.sync();
    engine.disk.crash();

    LoneEngine again = new LoneEngine(engine.disk);
    again.core.start();
    again.peersKnowNothing();
    again.core.onMessage(0, vote(VoteType.PREVOTE, Optional.empty(), 0));
    again.core.onMessage(1, vote(VoteType.PREVOTE, Optional.empty(), 1));
    again.core.onTimer(new TimerId(TimerId.Kind.PRECOMMIT, 1, 0));
    assertThat(again.core.status().round()).isEqualTo(1);
    again.core.onMessage(1, proposal(1, block));
    assertThat(own(again, VoteType.PREVOTE)).endsWith(Optional.of(Blocks.id(block.header())));
  }

  @Test
  void aSignStateAheadOfTheLogMeansSilenceNotAConflict() {
    SimDisk disk = LoneEngine.emptyDisk();
    disk.signed.record(new SignSlot(1, 0, SignSlot.PRECOMMIT), new byte[] {1}, new byte[64]);
    LoneEngine engine = new LoneEngine(disk);
    engine.core.start();
    engine.peersKnowNothing();
    engine.core.onMessage(0, proposal(0, CHAIN.get(0).block()));
    assertThat(engine.sent(VoteMessage.class)).isEmpty();
    assertThat(engine.core.status().step()).isEqualTo("PREVOTE");
  }

  @Test
  void aCrashAfterTheSignatureDoesNotSilenceTheSlot() {
    LoneEngine engine = LoneEngine.started();
    engine.disk.mount(
        point -> {
          if (point.equals("after syncing folder ledger")) {
            throw new CrashPoints.Crash(point);
          }
        });
    ProposalMessage offer = proposal(0, CHAIN.get(0).block());
    assertThatThrownBy(() -> engine.core.onMessage(0, offer)).isInstanceOf(CrashPoints.Crash.class);
    assertThat(own(engine, VoteType.PREVOTE)).isEmpty();
    engine.disk.mount(point -> {});
    engine.disk.crash();

    LoneEngine again = new LoneEngine(engine.disk);
    again.core.start();
    again.peersKnowNothing();
    assertThat(own(again, VoteType.PREVOTE))
        .containsExactly(Optional.of(offer.proposal().blockId()));
  }

  /** Another valid block for the same height. */
  private static Block by(int proposer, Block block) {
    return HeaderDraft.of(block).proposer(proposer).over(block);
  }

  @Test
  void aVoteIsInTheSignStateOnceItHasLeft() {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(0, proposal(0, CHAIN.get(0).block()));
    Vote left = engine.sent(VoteMessage.class).get(0).vote();
    byte[] signed = Votes.signBytes(SimGenesis.CHAIN, left);
    SignSlot slot = new SignSlot(1, 0, SignSlot.PREVOTE);
    assertThat(engine.disk.signed.signatureFor(slot, signed)).contains(left.signature().toArray());
  }

  private static SimDisk syncedDisk() {
    LoneEngine engine = LoneEngine.started();
    engine.core.onMessage(1, PeerWords.claim(CHAIN.size() + 1));
    engine.core.onMessage(1, new BlocksResponse(CHAIN));
    assertThat(engine.disk.blocks.height()).isEqualTo(CHAIN.size());
    return engine.disk;
  }

  private static VoteMessage vote(VoteType type, Optional<Hash> blockId, int validator) {
    return PeerWords.vote(type, 1, 0, blockId, validator);
  }

  private static ProposalMessage proposal(int round, Block block) {
    return PeerWords.proposal(block, block.header().proposer(), round, -1);
  }
}
