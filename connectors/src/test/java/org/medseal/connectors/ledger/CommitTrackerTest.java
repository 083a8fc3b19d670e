package org.medseal.connectors.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.connectors.intake.Consortium;
import org.medseal.connectors.intake.MemoryLedger;
import org.medseal.connectors.message.MessageState;
import org.medseal.connectors.message.MessageStore;
import org.medseal.connectors.message.OutboxRecord;
import org.medseal.connectors.message.SealedPart;
import org.medseal.connectors.message.StoreFixture;
import org.medseal.ledger.engine.Verdict;

class CommitTrackerTest {
  private static final Consortium CONSORTIUM = new Consortium();
  private static final long EXPIRY = 5;

  @TempDir Path home;
  private final MemoryLedger ledger = new MemoryLedger(CONSORTIUM.genesis);
  private final AtomicLong nowMs = new AtomicLong();
  private MessageStore store;
  private CommitTracker tracker;
  private String id;

  @BeforeEach
  void aSealedMessage() {
    store = new StoreFixture(home).open();
    id = StoreFixture.receive(store, "x").id();
    store.sealed(id, List.of(part(1)));
    tracker = tracker();
  }

  @AfterEach
  void close() throws Exception {
    tracker.close();
    store.close();
  }

  private CommitTracker tracker() {
    CommitTracker fresh = new CommitTracker(ledger, store, Duration.ofSeconds(30), nowMs::get);
    fresh.start();
    return fresh;
  }

  @Test
  void aBlockWithItCommitsIt() {
    tracker.deliver(id);
    assertThat(state()).isEqualTo(MessageState.SUBMITTED);
    ledger.block();
    assertThat(state()).isEqualTo(MessageState.COMMITTED);
    assertThat(store.records(id)).extracting(OutboxRecord::height).containsExactly(1L);
  }

  @Test
  void onlyTheOutboxBytesAreEverSent() {
    tracker.deliver(id);
    ledger.forgetPool();
    nowMs.addAndGet(30_000);
    tracker.tick();
    assertThat(ledger.sent())
        .hasSize(2)
        .allSatisfy(sent -> assertThat(sent).isEqualTo(part(1).transaction().encoded().toArray()));
  }

  @Test
  void afterARestartWhatWasCommittedMeanwhileIsFoundAndNotSentAgain() throws Exception {
    tracker.deliver(id);
    tracker.close();
    store.close();
    ledger.block();
    store = new StoreFixture(home).open();
    tracker = tracker();
    tracker.tick();
    assertThat(state()).isEqualTo(MessageState.COMMITTED);
    assertThat(ledger.sent()).hasSize(1);
    assertThat(ledger.all()).hasSize(1);
  }

  @Test
  void afterARestartWhatWasNotCommittedIsResentWithTheSameBytes() throws Exception {
    tracker.deliver(id);
    tracker.close();
    store.close();
    ledger.forgetPool();
    store = new StoreFixture(home).open();
    tracker = tracker();
    tracker.tick();
    ledger.block();
    assertThat(state()).isEqualTo(MessageState.COMMITTED);
    assertThat(ledger.sent().get(1)).isEqualTo(ledger.sent().get(0));
  }

  @Test
  void whatWasSubmittedIsNotSentAgainTooSoon() {
    tracker.deliver(id);
    nowMs.addAndGet(29_999);
    tracker.tick();
    assertThat(ledger.sent()).hasSize(1);
  }

  @Test
  void aFullPoolIsWaitedFor() {
    ledger.refuseWith(Verdict.refused(Verdict.Code.FULL, ""));
    tracker.deliver(id);
    assertThat(state()).isEqualTo(MessageState.SEALED);
    ledger.refuseNothing();
    tracker.tick();
    assertThat(state()).isEqualTo(MessageState.SUBMITTED);
  }

  @Test
  void aRuleOfTheLedgerFailsItForGood() {
    ledger.refuseWith(Verdict.refused(Verdict.Code.NOT_ALLOWED, "no such custodian set"));
    tracker.deliver(id);
    assertThat(state()).isEqualTo(MessageState.FAILED);
    assertThat(store.find(id).orElseThrow().place()).contains("NOT_ALLOWED: no such custodian set");
  }

  @Test
  void aSaltTakenBySomebodyElseIsSealedAnew() {
    ledger.refuseWith(Verdict.refused(Verdict.Code.SALT_REUSED, ""));
    tracker.deliver(id);
    assertThat(state()).isEqualTo(MessageState.RECEIVED);
    assertThat(store.records(id)).allMatch(OutboxRecord::retired);
  }

  @Test
  void onceItsTimeHasPassedItIsSealedAnew() {
    tracker.deliver(id);
    ledger.forgetPool();
    ledger.blocks((int) EXPIRY);
    tracker.tick();
    assertThat(state()).isEqualTo(MessageState.RECEIVED);
    assertThat(store.records(id)).allMatch(OutboxRecord::retired);
  }

  @Test
  void beforeItsTimeHasPassedItIsNotSealedAnewWhateverIsAnswered() {
    tracker.deliver(id);
    ledger.forgetPool();
    ledger.blocks((int) EXPIRY - 1);
    ledger.refuseWith(Verdict.refused(Verdict.Code.EXPIRED, ""));
    nowMs.addAndGet(30_000);
    tracker.tick();
    assertThat(state()).isEqualTo(MessageState.SUBMITTED);
  }

  @Test
  void aStaleEpochIsOverOnlyOnceTheOwnNodeIsInALaterOne() {
    ledger.refuseWith(Verdict.refused(Verdict.Code.STALE_EPOCH, ""));
    tracker.deliver(id);
    assertThat(state()).isEqualTo(MessageState.SEALED);
    ledger.nextEpoch();
    tracker.tick();
    assertThat(state()).isEqualTo(MessageState.RECEIVED);
  }

  @Test
  void anOldCustodianSetIsOverOnlyOnceTheOwnNodeHasALaterOne() {
    ledger.refuseWith(Verdict.refused(Verdict.Code.STALE_EPOCH, "custodian set 1"));
    tracker.deliver(id);
    assertThat(state()).isEqualTo(MessageState.SEALED);
    ledger.nextCustodians();
    tracker.tick();
    assertThat(state()).isEqualTo(MessageState.RECEIVED);
    assertThat(store.records(id)).allMatch(OutboxRecord::retired);
  }

  @Test
  void oneRecordOutOfTimeWaitsForTheOtherThatMayStillCommit() {
    String two = StoreFixture.receive(store, "y").id();
    store.sealed(two, List.of(part(2), StoreFixture.part(3, 100)));
    ledger.blocks((int) EXPIRY);
    tracker.deliver(two);
    assertThat(store.find(two).orElseThrow().state()).isEqualTo(MessageState.SEALED);
    ledger.block();
    tracker.deliver(two);
    assertThat(store.find(two).orElseThrow().state()).isEqualTo(MessageState.RECEIVED);
    assertThat(store.records(two))
        .extracting(OutboxRecord::isCommitted)
        .containsExactly(false, true);
  }

  @Test
  void alreadyCommittedCountsAsCommitted() throws Exception {
    tracker.close();
    tracker.deliver(id);
    ledger.block();
    tracker.deliver(id);
    assertThat(state()).isEqualTo(MessageState.COMMITTED);
    tracker = tracker();
  }

  @Test
  void oneThatCannotBeSentDoesNotHoldUpTheOthers() {
    String two = StoreFixture.receive(store, "y").id();
    store.sealed(two, List.of(part(2)));
    ledger.failAt(part(1).transaction().id(), new OutOfMemoryError("of the test"));
    tracker.tick();
    assertThat(state()).isEqualTo(MessageState.SEALED);
    assertThat(store.find(two).orElseThrow().state()).isEqualTo(MessageState.SUBMITTED);
  }

  @Test
  void whatTheOutboxCannotGiveBackIsSealedAnewOnceItsTimeHasPassedAndNotBefore()
      throws IOException {
    StoreFixture.damageFirst(home.resolve("outbox"), id);
    tracker.tick();
    ledger.blocks((int) EXPIRY - 1);
    tracker.tick();
    assertThat(state()).isEqualTo(MessageState.SEALED);
    ledger.block();
    tracker.tick();
    assertThat(ledger.sent()).isEmpty();
    assertThat(state()).isEqualTo(MessageState.RECEIVED);
    assertThat(store.records(id)).allMatch(OutboxRecord::retired);
  }

  private MessageState state() {
    return store.find(id).orElseThrow().state();
  }

  private static SealedPart part(int seed) {
    return StoreFixture.part(seed, EXPIRY);
  }
}
