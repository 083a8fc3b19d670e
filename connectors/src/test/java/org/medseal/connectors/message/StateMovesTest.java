package org.medseal.connectors.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.medseal.connectors.message.StoreFixture.lease;
import static org.medseal.connectors.message.StoreFixture.part;
import static org.medseal.connectors.message.StoreFixture.receive;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.ledger.model.Bytes;

class StateMovesTest extends MessageStoreCase {
  @Test
  void statesSurviveReopening() {
    String quarantined;
    String other;
    String sealed;
    String committed;
    String failed;
    try (MessageStore store = fixture.open()) {
      quarantined = receive(store, "q").id();
      other = receive(store, "n").id();
      sealed = receive(store, "s").id();
      committed = receive(store, "c").id();
      failed = receive(store, "f").id();
      store.quarantined(quarantined, QuarantineReason.UNKNOWN_AUTHORITY, "PID-3");
      store.notARecord(other, "ACK");
      store.sealed(sealed, List.of(part(1, 10)));
      store.sealed(committed, List.of(part(2, 10), part(3, 10)));
      store.submitted(committed);
      store.committed(part(2, 10).transaction().id(), 5, 0);
      assertThat(store.find(committed).orElseThrow().state()).isEqualTo(MessageState.SUBMITTED);
      store.committed(part(3, 10).transaction().id(), 6, 1);
      store.sealed(failed, List.of(part(4, 10)));
      store.failed(failed, "NOT_ALLOWED: x");
    }
    try (MessageStore store = fixture.open()) {
      MessageView q = store.find(quarantined).orElseThrow();
      assertThat(q.state()).isEqualTo(MessageState.QUARANTINED);
      assertThat(q.reason()).contains(QuarantineReason.UNKNOWN_AUTHORITY);
      assertThat(q.place()).contains("PID-3");
      assertThat(store.find(other).orElseThrow().state()).isEqualTo(MessageState.NOT_A_RECORD);
      assertThat(store.find(sealed).orElseThrow().state()).isEqualTo(MessageState.SEALED);
      assertThat(store.pending(10)).containsExactly(sealed);
      MessageView c = store.find(committed).orElseThrow();
      assertThat(c.state()).isEqualTo(MessageState.COMMITTED);
      assertThat(c.records()).extracting(r -> r.height().orElseThrow()).containsExactly(5L, 6L);
      assertThat(store.find(failed).orElseThrow().place()).contains("NOT_ALLOWED: x");
      assertThat(store.transactionBytes(part(1, 10).transaction().id()))
          .isEqualTo(part(1, 10).transaction().encoded().toArray());
    }
  }

  @Test
  void whatIsDiscardedStaysKnownAndIsNeverWorkedOnAgain() {
    String id;
    try (MessageStore store = fixture.open()) {
      id = receive(store, "x").id();
      assertThatThrownBy(() -> store.discard(id, DiscardReason.TEST))
          .isInstanceOf(MessageException.class);
      store.quarantined(id, QuarantineReason.UNPARSABLE, "MSH");
      store.discard(id, DiscardReason.TEST);
      assertThatThrownBy(() -> store.reprocess(id)).isInstanceOf(MessageException.class);
      assertThat(receive(store, "x").status()).isEqualTo(Receipt.Status.DUPLICATE);
    }
    try (MessageStore store = fixture.open()) {
      MessageView view = store.find(id).orElseThrow();
      assertThat(view.state()).isEqualTo(MessageState.DISCARDED);
      assertThat(view.reason()).contains(QuarantineReason.UNPARSABLE);
      assertThat(view.place()).contains("TEST");
      assertThat(store.counts().get(MessageState.QUARANTINED)).isZero();
    }
  }

  @Test
  void whatWasDiscardedAsDamagedIsTakenAnewWhenItsSourceHasItAfterAll() {
    String damaged;
    String again;
    try (MessageStore store = fixture.open()) {
      damaged = receive(store, "x").id();
      store.quarantined(damaged, QuarantineReason.RULE_ERROR, "inbox");
      store.discard(damaged, DiscardReason.DAMAGED);
    }
    try (MessageStore store = fixture.open()) {
      Receipt receipt = receive(store, "x");
      assertThat(receipt.status()).isNotEqualTo(Receipt.Status.DUPLICATE);
      again = receipt.id();
    }
    try (MessageStore store = fixture.open()) {
      assertThat(store.find(damaged).orElseThrow().state()).isEqualTo(MessageState.DISCARDED);
      assertThat(store.find(again).orElseThrow().state()).isEqualTo(MessageState.RECEIVED);
      assertThat(receive(store, "x").id()).isEqualTo(again);
    }
  }

  /** The second copy is what counts, also when the first has been forgotten meanwhile. */
  @Test
  void whatWasDamagedAndCameAgainIsADuplicateOfTheNewerAlone() throws IOException {
    try (MessageStore store = fixture.open(new MessageLimits(1 << 16, 1000, 1 << 26, 1))) {
      String damaged = receive(store, "x").id();
      StoreFixture.damageFirst(home.resolve("inbox"), "lab");
      String again = receive(store, "x").id();
      assertThat(again).isNotEqualTo(damaged);
      store.discard(damaged, DiscardReason.SENT_CORRECTED);
      store.notARecord(receive(store, "y").id(), "ACK");
      assertThat(store.find(damaged)).as("one finished message is kept").isEmpty();
      assertThat(receive(store, "x")).isEqualTo(new Receipt(again, Receipt.Status.DUPLICATE));
      store.quarantined(again, QuarantineReason.RULE_ERROR, "inbox");
      store.discard(again, DiscardReason.DAMAGED);
      assertThat(receive(store, "x").status()).isNotEqualTo(Receipt.Status.DUPLICATE);
    }
  }

  @Test
  void whatWasDamagedIsNotReprocessedOnceTheNewerIsCommittedAndForgotten() throws IOException {
    try (MessageStore store = fixture.open(new MessageLimits(1 << 16, 1000, 1 << 26, 1))) {
      String damaged = receive(store, "x").id();
      StoreFixture.damageFirst(home.resolve("inbox"), "lab");
      store.notARecord(receive(store, "x").id(), "ACK");
      store.notARecord(receive(store, "y").id(), "ACK");
      assertThat(store.find(damaged).orElseThrow().state()).isEqualTo(MessageState.QUARANTINED);
      assertThatThrownBy(() -> store.reprocess(damaged)).isInstanceOf(MessageException.class);
    }
  }

  @Test
  void whatCommitsAfterItWasDiscardedIsShownAsCommitted() {
    try (MessageStore store = fixture.open()) {
      String id = receive(store, "x").id();
      store.sealed(id, List.of(part(1, 10)));
      assertThatThrownBy(() -> store.discard(id, DiscardReason.TEST))
          .isInstanceOf(MessageException.class);
      store.failed(id, "NOT_ALLOWED: x");
      assertThat(store.find(id).orElseThrow().state()).isEqualTo(MessageState.FAILED);
      store.discard(id, DiscardReason.TEST);
      assertThat(store.find(id).orElseThrow().state()).isEqualTo(MessageState.DISCARDED);
      store.committed(part(1, 10).transaction().id(), 5, 0);
      assertThat(store.find(id).orElseThrow().state()).isEqualTo(MessageState.COMMITTED);
    }
  }

  @Test
  void onlyWhatIsKeptBackOrFailedCanBeReprocessed() {
    try (MessageStore store = fixture.open()) {
      String id = receive(store, "x").id();
      assertThatThrownBy(() -> store.reprocess(id)).isInstanceOf(MessageException.class);
      store.quarantined(id, QuarantineReason.RULE_ERROR, "PID-5");
      store.reprocess(id);
      assertThat(lease(store).orElseThrow().id()).isEqualTo(id);
      store.sealed(id, List.of(part(1, 10)));
      assertThatThrownBy(() -> store.reprocess(id)).isInstanceOf(MessageException.class);
    }
  }

  @Test
  void aMessageWithALiveTransactionCannotBeSealedAgain() {
    try (MessageStore store = fixture.open()) {
      String id = receive(store, "x").id();
      store.sealed(id, List.of(part(1, 10)));
      store.failed(id, "MALFORMED");
      store.reprocess(id);
      assertThatThrownBy(() -> store.sealed(id, List.of(part(2, 10))))
          .isInstanceOf(MessageException.class);
      store.retired(id);
      store.sealed(id, List.of(part(2, 10)));
      assertThat(store.records(id))
          .extracting(OutboxRecord::txId)
          .containsExactly(part(2, 10).transaction().id());
    }
  }

  @Test
  void aPatientsNumbersGoOnAfterReopening() {
    Bytes patient = part(9, 10).patientKey();
    try (MessageStore store = fixture.open()) {
      String id = receive(store, "x").id();
      assertThat(store.nextSequence(patient)).isEqualTo(1);
      assertThat(store.nextSequence(patient)).isEqualTo(2);
      SealedPart part = part(9, 10);
      store.sealed(id, List.of(new SealedPart(patient, 2, part.transaction())));
    }
    try (MessageStore store = fixture.open()) {
      assertThat(store.nextSequence(patient)).isEqualTo(3);
    }
  }

  @Test
  void anotherStorageKeyIsRefusedAtOpen() {
    try (MessageStore store = fixture.open()) {
      receive(store, "x");
    }
    assertThatThrownBy(() -> new StoreFixture(home, 2).open())
        .isInstanceOf(MessageException.class)
        .extracting(e -> ((MessageException) e).reason())
        .isEqualTo(MessageException.Reason.WRONG_KEY);
  }

  @Test
  void finishedMessagesBeyondTheBoundAreForgotten() {
    try (MessageStore store = fixture.open(new MessageLimits(100, 100, 1000, 2))) {
      for (int i = 0; i < 3; i++) {
        store.notARecord(receive(store, "m" + i).id(), "ACK");
      }
      assertThat(store.counts().get(MessageState.NOT_A_RECORD)).isEqualTo(2);
    }
    try (MessageStore store = fixture.open(new MessageLimits(100, 100, 1000, 2))) {
      assertThat(store.counts().get(MessageState.NOT_A_RECORD)).isEqualTo(2);
    }
  }

  @Test
  void listingGoesOnAfterAnId() {
    try (MessageStore store = fixture.open()) {
      for (int i = 0; i < 5; i++) {
        receive(store, "m" + i);
      }
      List<MessageView> first = store.list(Optional.empty(), 3, Optional.empty());
      List<MessageView> rest =
          store.list(Optional.of(MessageState.RECEIVED), 9, Optional.of(first.get(2).id()));
      assertThat(first).hasSize(3);
      assertThat(rest).hasSize(2);
    }
  }
}
