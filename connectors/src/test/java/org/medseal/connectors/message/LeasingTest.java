package org.medseal.connectors.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.medseal.connectors.message.StoreFixture.hl7;
import static org.medseal.connectors.message.StoreFixture.lease;
import static org.medseal.connectors.message.StoreFixture.part;
import static org.medseal.connectors.message.StoreFixture.receive;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.QuarantineReason;

class LeasingTest extends MessageStoreCase {
  @Test
  void onePatientsMessagesAreHandedOutInOrderAndOthersBeside() {
    try (MessageStore store = fixture.open()) {
      final String a1 = receive(store, hl7("A", 1)).id();
      final String a2 = receive(store, hl7("A", 2)).id();
      final String b1 = receive(store, hl7("B", 3)).id();
      Lease first = lease(store).orElseThrow();
      assertThat(first.id()).isEqualTo(a1);
      assertThat(lease(store).orElseThrow().id()).isEqualTo(b1);
      assertThat(lease(store)).isEmpty();
      store.notARecord(a1, "ACK");
      assertThat(lease(store).orElseThrow().id()).isEqualTo(a2);
    }
  }

  @Test
  void onePatientIsOnePatientUnderTheSendersOwnDelimiters() {
    try (MessageStore store = fixture.open()) {
      String first = receive(store, "MSH#*$!@#A#\rPID#1##77*a#Q\r").id();
      receive(store, "MSH#*$!@#B#\rPID#1##77*other$88#Q\r");
      String beside = receive(store, "MSH#*$!@#C#\rPID#1##78*a#Q\r").id();
      assertThat(lease(store).orElseThrow().id()).isEqualTo(first);
      assertThat(lease(store).orElseThrow().id()).isEqualTo(beside);
      assertThat(lease(store)).isEmpty();
    }
  }

  @Test
  void aMergeWaitsForAllBeforeItAndHoldsUpAllAfterIt() {
    try (MessageStore store = fixture.open()) {
      final String a = receive(store, hl7("A", 1)).id();
      final String merge = receive(store, hl7("B", 2) + "MRG|A\r").id();
      final String c = receive(store, hl7("C", 3)).id();
      assertThat(lease(store).orElseThrow().id()).isEqualTo(a);
      assertThat(lease(store)).isEmpty();
      store.notARecord(a, "x");
      assertThat(lease(store).orElseThrow().id()).isEqualTo(merge);
      assertThat(lease(store)).isEmpty();
      store.notARecord(merge, "x");
      assertThat(lease(store).orElseThrow().id()).isEqualTo(c);
    }
  }

  @Test
  void aLeaseRunsOutAndTheLateWorkerIsRefused() {
    try (MessageStore store = fixture.open()) {
      String id = receive(store, "x").id();
      Lease late = lease(store).orElseThrow();
      assertThat(lease(store)).isEmpty();
      fixture.monotonicMs.addAndGet(StoreFixture.LEASE.toMillis());
      assertThat(lease(store).orElseThrow().attempt()).isEqualTo(2);
      store.sealed(id, List.of(part(1, 10)));
      assertThatThrownBy(() -> store.sealed(id, List.of(part(2, 10))))
          .isInstanceOf(MessageException.class);
      store.release(late, Duration.ZERO);
      assertThat(store.find(id).orElseThrow().state()).isEqualTo(MessageState.SEALED);
    }
  }

  @Test
  void aReleasedMessageRestsAndItsPatientWaitsBehindIt() {
    try (MessageStore store = fixture.open()) {
      final String a1 = receive(store, hl7("A", 1)).id();
      receive(store, hl7("A", 2));
      store.release(lease(store).orElseThrow(), Duration.ofSeconds(5));
      assertThat(lease(store)).isEmpty();
      fixture.monotonicMs.addAndGet(5000);
      assertThat(lease(store).orElseThrow().id()).isEqualTo(a1);
    }
  }

  @Test
  void aMessageThatCannotBeReadIsQuarantinedAndTheNextIsHandedOut() throws Exception {
    try (MessageStore store = fixture.open()) {
      final String damaged = receive(store, "first").id();
      final String next = receive(store, "second").id();
      StoreFixture.damageFirst(home.resolve("inbox"), "lab");
      assertThatThrownBy(() -> lease(store))
          .isInstanceOf(MessageException.class)
          .extracting(e -> ((MessageException) e).reason())
          .isEqualTo(MessageException.Reason.UNREADABLE);
      assertThat(store.find(damaged).orElseThrow().reason()).contains(QuarantineReason.RULE_ERROR);
      assertThat(store.find(damaged).orElseThrow().place()).contains("inbox");
      assertThat(lease(store).orElseThrow().id()).isEqualTo(next);
    }
  }

  @Test
  void whatFailsAtEveryAttemptIsQuarantinedInTheEnd() {
    try (MessageStore store = fixture.open()) {
      String id = receive(store, "x").id();
      for (int i = 1; i < MessageStore.MAX_ATTEMPTS; i++) {
        store.release(lease(store).orElseThrow(), Duration.ZERO);
        assertThat(store.attemptFailed(lease(store).orElseThrow(), "seal", Duration.ZERO))
            .isFalse();
      }
      assertThat(store.attemptFailed(lease(store).orElseThrow(), "seal", Duration.ZERO)).isTrue();
      assertThat(store.find(id).orElseThrow().reason()).contains(QuarantineReason.RULE_ERROR);
      assertThat(store.find(id).orElseThrow().place()).contains("seal");
      store.reprocess(id);
      assertThat(store.attemptFailed(lease(store).orElseThrow(), "seal", Duration.ZERO)).isFalse();
    }
  }

  @Test
  void aMessagePutBackByHandHoldsUpNobodyWhileItRests() {
    try (MessageStore store = fixture.open()) {
      final String old = fhir(store, "1");
      store.sealed(old, List.of(part(1, 10)));
      store.failed(old, "NOT_ALLOWED");
      final String next = fhir(store, "2");
      store.reprocess(old);
      Lease first = lease(store).orElseThrow();
      assertThat(first.id()).isEqualTo(old);
      assertThat(lease(store)).isEmpty();
      store.release(first, Duration.ofSeconds(5));
      assertThat(lease(store).orElseThrow().id()).isEqualTo(next);
      fixture.monotonicMs.addAndGet(5000);
      assertThat(lease(store).orElseThrow().id()).isEqualTo(old);
    }
  }

  private static String fhir(MessageStore store, String text) {
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    return store.receive("fhir", Format.FHIR, raw, Optional.empty(), Optional.empty()).id();
  }
}
