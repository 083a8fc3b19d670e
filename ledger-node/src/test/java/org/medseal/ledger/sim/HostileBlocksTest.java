package org.medseal.ledger.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.ledger.sim.PeerWords.claim;
import static org.medseal.ledger.sim.PeerWords.vote;
import static org.medseal.ledger.sim.PeerWords.with;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksResponse;
import org.medseal.ledger.engine.embedded.PeerMessage.OfferMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.TransactionsMessage;
import org.medseal.ledger.engine.embedded.TimerId;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CommitCertificate.CommitSignature;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.VoteType;

/**
 * Blocks and transactions a peer sends, or asks for, are taken and answered only as far as they
 * prove themselves.
 */
class HostileBlocksTest {
  private static final List<StoredBlock> CHAIN = LoneEngine.chain();

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
        stored ->
            new StoredBlock(
                HeaderDraft.of(stored.block()).later(1).over(stored.block()),
                stored.certificate()));
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
    OfferMessage offer = new OfferMessage(List.of(Hash.ZERO));
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
    engine.core.onMessage(1, vote(VoteType.PREVOTE, 3, 0, Optional.empty(), 1));
    assertThat(engine.sent(BlocksRequest.class)).as("one ahead: its votes are kept").isEmpty();
    engine.core.onMessage(1, vote(VoteType.PREVOTE, 4, 0, Optional.empty(), 1));
    assertThat(engine.sent(BlocksRequest.class)).containsExactly(new BlocksRequest(2, 3));
    engine.core.onMessage(2, vote(VoteType.PREVOTE, 5, 0, Optional.empty(), 1));
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
    engine.core.onMessage(1, vote(VoteType.PREVOTE, 5, 0, Optional.empty(), 1));
    assertThat(engine.sent).isEmpty();
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

  private static List<CommitSignature> signatures(StoredBlock stored) {
    return stored.certificate().signatures();
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
}
