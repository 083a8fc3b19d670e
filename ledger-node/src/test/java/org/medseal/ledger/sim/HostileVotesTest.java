package org.medseal.ledger.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.ledger.sim.PeerWords.claim;
import static org.medseal.ledger.sim.PeerWords.id;
import static org.medseal.ledger.sim.PeerWords.precommit;
import static org.medseal.ledger.sim.PeerWords.prevote;
import static org.medseal.ledger.sim.PeerWords.proposal;
import static org.medseal.ledger.sim.PeerWords.vote;
import static org.medseal.ledger.sim.PeerWords.with;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.codec.Votes;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksResponse;
import org.medseal.ledger.engine.embedded.PeerMessage.VoteMessage;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CommitCertificate.CommitSignature;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

/** Votes count once they are signed, and neither fill the log nor move the node otherwise. */
class HostileVotesTest {
  private static final List<StoredBlock> CHAIN = LoneEngine.chain();

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
    engine.core.onMessage(0, proposal(block, 0));
    engine.core.onMessage(1, new VoteMessage(forged(0)));
    assertThat(engine.core.isBanned(1)).isTrue();
    int logged = engine.disk.log.size();
    engine.core.onMessage(1, prevote(Optional.empty(), 1));
    assertThat(engine.disk.log.size()).isEqualTo(logged);
    engine.core.onMessage(2, prevote(Optional.empty(), 1));
    assertThat(engine.disk.log.size()).isEqualTo(logged + 1);
    engine.nowMs += 31_000;
    engine.core.onMessage(1, prevote(Optional.empty(), 2));
    assertThat(engine.disk.log.size()).as("the ban is over").isEqualTo(logged + 2);
  }

  private static Vote forged(int validator) {
    return new Vote(VoteType.PREVOTE, 1, 0, Optional.empty(), validator, Bytes.of(new byte[64]));
  }

  @Test
  void forgedVotesMakeNoQuorum() {
    LoneEngine engine = LoneEngine.started();
    Block block = CHAIN.get(0).block();
    engine.core.onMessage(0, proposal(block, 0));
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
      engine.core.onMessage(0, vote(VoteType.PREVOTE, 1, round, Optional.empty(), 0));
    }
    assertThat(engine.core.status().round()).isZero();
    assertThat(engine.disk.log.size()).isLessThan(1_100);
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
}
