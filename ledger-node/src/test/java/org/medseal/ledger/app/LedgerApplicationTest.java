package org.medseal.ledger.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.app.AppException.Reason;
import org.medseal.ledger.engine.Application.FinalizeRequest;
import org.medseal.ledger.engine.Application.Finalized;
import org.medseal.ledger.engine.Application.PrepareRequest;
import org.medseal.ledger.engine.Application.ProcessRequest;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Parameters;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

class LedgerApplicationTest {
  private static final TestConsortium consortium = new TestConsortium(4);
  private final InMemoryStore store = new InMemoryStore();
  private final TestLedger ledger = new TestLedger(consortium.genesis(), store);

  private List<IdentifiedTransaction> oneOfMany() {
    IdentifiedTransaction record = consortium.record().sign();
    IdentifiedTransaction request = consortium.action(2, consortium.accessRequest());
    return List.of(
        record,
        request,
        consortium.action(0, new Action.AccessDecision(request.id(), true, Bytes.empty())),
        consortium.action(1, new Action.TraceRequest(record.id(), Bytes.empty())),
        consortium.action(0, consortium.nextEpoch(2, consortium.genesis().members())));
  }

  @Test
  void whatOnePreparesEveryOneAccepts() {
    List<IdentifiedTransaction> candidates = new ArrayList<>(oneOfMany());
    candidates.add(0, consortium.record().epoch(7).sign());
    candidates.add(candidates.get(1));
    IdentifiedTransaction[] prepared =
        ledger
            .prepare(candidates.toArray(IdentifiedTransaction[]::new))
            .toArray(IdentifiedTransaction[]::new);
    assertThat(prepared).hasSize(5);
    SignatureChecks others = new SignatureChecks(1, 10);
    try (others) {
      TestLedger other = new TestLedger(consortium.genesis(), new InMemoryStore(), others);
      assertThat(other.process(prepared)).isTrue();
      assertThat(other.commit(prepared)).isEqualTo(ledger.commit(prepared));
      assertThat(other.root()).isEqualTo(ledger.root());
    }
  }

  @Test
  void preparingTakesOldestFirstAsFarAsTheyFit() {
    IdentifiedTransaction first = consortium.record().ciphertext(Bytes.of(new byte[1500])).sign();
    IdentifiedTransaction second = consortium.record().sign();
    int bytes = first.encoded().length() + second.encoded().length();
    assertThat(prepare(bytes, first, second)).containsExactly(first, second);
    assertThat(prepare(bytes - 1, first, second)).containsExactly(first);
    assertThat(prepare(first.encoded().length() - 1, first, second)).containsExactly(second);
  }

  private List<IdentifiedTransaction> prepare(int maxBytes, IdentifiedTransaction... candidates) {
    return ledger.application.prepare(
        new PrepareRequest(1, TestConsortium.GENESIS_MS + 1000, List.of(candidates), maxBytes));
  }

  @Test
  void aBlockAboveTheGenesisSizeIsRefused() {
    List<IdentifiedTransaction> many = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      many.add(consortium.record().ciphertext(Bytes.of(new byte[2048])).sign());
    }
    IdentifiedTransaction[] all = many.toArray(IdentifiedTransaction[]::new);
    assertThat(ledger.process(all)).isFalse();
    List<IdentifiedTransaction> prepared = ledger.prepare(all);
    assertThat(prepared).hasSizeBetween(1, 7);
    assertThat(ledger.process(prepared.toArray(IdentifiedTransaction[]::new))).isTrue();
  }

  @Test
  void aBlockWithMoreAnonymousRecordsThanTheGenesisAllowsIsRefused() {
    Parameters plain = consortium.genesis().parameters();
    Parameters narrow =
        new Parameters(
            plain.smallestAnonymitySet(),
            plain.stakeCapPercent(),
            plain.inlineLimitBytes(),
            plain.maxBlockBytes(),
            plain.maxExpiryBlocks(),
            plain.epochGraceBlocks(),
            plain.stake(),
            plain.blobs(),
            2);
    try (SignatureChecks checks = new SignatureChecks(2, 100)) {
      TestLedger few =
          new TestLedger(consortium.genesis().with(narrow), new InMemoryStore(), checks);
      IdentifiedTransaction signed = consortium.action(0, consortium.accessRequest());
      IdentifiedTransaction[] all =
          Stream.concat(
                  Stream.generate(() -> consortium.record().sign()).limit(3), Stream.of(signed))
              .toArray(IdentifiedTransaction[]::new);
      assertThat(few.process(all)).isFalse();
      assertThat(few.process(all[0], all[1], signed)).isTrue();
      assertThat(few.prepare(all)).containsExactly(all[0], all[1], signed);
    }
  }

  @Test
  void aBlockIsForTheNextHeightAndLaterThanItsParent() {
    assertThat(processAt(1, TestConsortium.GENESIS_MS)).isFalse();
    assertThat(processAt(1, TestConsortium.GENESIS_MS + 1)).isTrue();
    assertThat(processAt(2, TestConsortium.GENESIS_MS + 1)).isFalse();
    assertThat(processAt(0, TestConsortium.GENESIS_MS + 1)).isFalse();
  }

  private boolean processAt(long height, long timeMs) {
    return ledger.application.process(new ProcessRequest(height, timeMs, List.of()));
  }

  @Test
  void preparingAndProcessingLeaveNoTrace() {
    Hash before = ledger.root();
    IdentifiedTransaction[] all = oneOfMany().toArray(IdentifiedTransaction[]::new);
    ledger.prepare(all);
    ledger.process(all);
    assertThat(ledger.root()).isEqualTo(before);
    assertThat(ledger.process(all)).isTrue();
    assertThat(store.height()).isZero();
  }

  @Test
  void finalizingIsNotYetDurable() {
    Block block = ledger.block(oneOfMany(), List.of());
    Hash before = ledger.root();
    Finalized first = ledger.application.finalizeBlock(new FinalizeRequest(Hash.ZERO, block));
    assertThat(ledger.application.info().height()).isZero();
    assertThat(ledger.root()).isEqualTo(before);
    Finalized again = ledger.application.finalizeBlock(new FinalizeRequest(Hash.ZERO, block));
    assertThat(again).isEqualTo(first);
    ledger.application.commit();
    assertThat(ledger.application.info().height()).isEqualTo(1);
    assertThat(ledger.root()).isEqualTo(first.stateRoot());
    assertThat(first.results()).containsOnly(Verdict.ok());
    assertThat(first.nextValidators()).isEmpty();
  }

  @Test
  void everyBlockChangesTheRoot() {
    Hash genesis = ledger.root();
    ledger.commitEmptyBlocks(1);
    assertThat(ledger.root()).isNotEqualTo(genesis);
  }

  @Test
  void replayFromGenesisGivesTheSameRoots() {
    List<Finalized> live = new ArrayList<>();
    List<IdentifiedTransaction> all = oneOfMany();
    live.add(ledger.commit(all.get(0), all.get(1)));
    live.add(ledger.commit(all.get(2)));
    live.add(ledger.commit());
    live.add(ledger.commit(all.get(3), all.get(4)));
    SignatureChecks none = new SignatureChecks(1, 1);
    try (none) {
      TestLedger replay = new TestLedger(consortium.genesis(), new InMemoryStore(), none);
      assertThat(ledger.blocks().stream().map(replay::apply)).isEqualTo(live);
      assertThat(replay.root()).isEqualTo(ledger.root());
      assertThat(none.verified()).as("decided blocks are not verified again").isZero();
    }
  }

  @Test
  void aRestartContinuesWhereTheStoreEnds() {
    List<IdentifiedTransaction> all = oneOfMany();
    ledger.commit(all.get(0), all.get(1));
    ledger.commit(all.get(4));
    TestLedger restarted = new TestLedger(consortium.genesis(), store);
    assertThat(restarted.application.info()).isEqualTo(ledger.application.info());
    assertThat(restarted.check(all.get(0)).code()).isEqualTo(Verdict.Code.ALREADY_COMMITTED);
    assertThat(restarted.view().epoch()).isEqualTo(2);
    Finalized next = restarted.commit(all.get(2));
    assertThat(next.stateRoot()).isNotEqualTo(ledger.root());
    assertThat(restarted.application.info().height()).isEqualTo(3);
  }

  @Test
  void aStoreOfAnotherGenesisIsRefused() {
    ledger.commitEmptyBlocks(1);
    TestConsortium other = new TestConsortium(1);
    assertThatExceptionOfType(AppException.class)
        .isThrownBy(() -> new LedgerApplication(other.genesis(), store, TestLedger.CHECKS))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.FOREIGN_STATE));
    assertThatExceptionOfType(AppException.class)
        .isThrownBy(
            () -> new TestLedger(consortium.genesis()).application.initChain(other.genesis()))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.FOREIGN_STATE));
  }

  @Test
  void aDecidedBlockThatBreaksARuleStopsTheNode() {
    IdentifiedTransaction record = consortium.record().sign();
    ledger.commit(record);
    Block block = ledger.block(List.of(record), List.of());
    assertThatExceptionOfType(AppException.class)
        .isThrownBy(() -> ledger.apply(block))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.INVALID_BLOCK))
        .withMessageContaining(record.id().hex());
    assertThat(ledger.application.info().height()).isEqualTo(1);
  }

  @Test
  void aDecidedBlockHasTheSameEffectWhetherItWasProcessedBeforeOrAnotherOne() {
    IdentifiedTransaction[] many = oneOfMany().toArray(IdentifiedTransaction[]::new);
    TestLedger unprepared = new TestLedger(consortium.genesis());
    TestLedger misled = new TestLedger(consortium.genesis());
    Block block = ledger.block(List.of(many), List.of());
    assertThat(misled.process(many[0])).isTrue();
    assertThat(
            misled.application.process(
                new ProcessRequest(1, block.header().timeMs() + 1, List.of(many))))
        .isTrue();
    Finalized expected = ledger.commit(many);
    assertThat(unprepared.apply(block)).isEqualTo(expected);
    assertThat(misled.apply(block)).isEqualTo(expected);
    assertThat(misled.root()).isEqualTo(ledger.root());
  }

  @Test
  void callsOutOfOrderAreRefused() {
    assertThatExceptionOfType(AppException.class)
        .isThrownBy(() -> ledger.application.commit())
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.OUT_OF_ORDER));
    ledger.commitEmptyBlocks(1);
    Block second = ledger.block(List.of(), List.of());
    ledger.apply(second);
    assertThatExceptionOfType(AppException.class)
        .isThrownBy(() -> ledger.apply(second))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.OUT_OF_ORDER));
    assertThatExceptionOfType(AppException.class)
        .isThrownBy(() -> ledger.application.initChain(consortium.genesis()))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.OUT_OF_ORDER));
  }

  @Test
  void evidenceIsRecordedInTheState() {
    TestLedger without = new TestLedger(consortium.genesis());
    without.commitEmptyBlocks(1);
    ledger.apply(ledger.block(List.of(), List.of(evidence(3, 1))));
    assertThat(ledger.root()).isNotEqualTo(without.root());
    ledger.apply(ledger.block(List.of(), List.of(evidence(3, 2), evidence(1, 2))));
    Offences offences = StateCodec.decode(store.state().orElseThrow()).offences();
    assertThat(offences.byInstitution().keySet()).containsExactly("hospital-2", "hospital-4");
    Offences.Offence repeated = offences.byInstitution().get("hospital-4");
    assertThat(repeated.firstHeight()).isEqualTo(1);
    assertThat(repeated.lastHeight()).isEqualTo(2);
    assertThat(repeated.evidence().size()).isEqualTo(2);
  }

  private static Evidence evidence(int validator, int round) {
    return new Evidence.DuplicateVote(
        vote(validator, round, Optional.empty()),
        vote(validator, round, Optional.of(TestConsortium.randomHash())));
  }

  private static Vote vote(int validator, int round, Optional<Hash> blockId) {
    return new Vote(VoteType.PREVOTE, 1, round, blockId, validator, TestConsortium.random(64));
  }

  @Test
  void aSignatureIsVerifiedOnce() {
    SignatureChecks counted = new SignatureChecks(2, 100);
    try (counted) {
      TestLedger node = new TestLedger(consortium.genesis(), new InMemoryStore(), counted);
      IdentifiedTransaction record = consortium.record().sign();
      node.check(record);
      node.check(record);
      node.prepare(record);
      node.commit(record);
      assertThat(counted.verified()).isEqualTo(1);
    }
  }

  @Test
  void aForgottenSignatureIsVerifiedAgain() {
    SignatureChecks forgetful = new SignatureChecks(1, 1);
    try (forgetful) {
      TestLedger node = new TestLedger(consortium.genesis(), new InMemoryStore(), forgetful);
      IdentifiedTransaction first = consortium.record().sign();
      IdentifiedTransaction second = consortium.record().sign();
      node.check(first);
      node.check(second);
      node.check(first);
      assertThat(forgetful.verified()).isEqualTo(3);
    }
  }
}
