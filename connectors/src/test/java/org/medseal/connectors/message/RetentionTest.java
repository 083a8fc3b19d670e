package org.medseal.connectors.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.medseal.connectors.message.StoreFixture.hl7;
import static org.medseal.connectors.message.StoreFixture.lease;
import static org.medseal.connectors.message.StoreFixture.part;
import static org.medseal.connectors.message.StoreFixture.receive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.ledger.journal.Disk;

class RetentionTest extends MessageStoreCase {
  private static final Duration KEPT = Duration.ofDays(30);
  private static final Duration OVER = Duration.ofDays(34);
  private static final long SMALL_FILES = 4_000;

  private MessageStore open() {
    return open(1000);
  }

  private MessageStore open(int finishedKept) {
    return fixture.open(
        new MessageLimits(1 << 16, 1000, 1 << 26, finishedKept), Disk.real(), SMALL_FILES);
  }

  private void pass(Duration time) {
    fixture.wallMs.addAndGet(time.toMillis());
  }

  private static String commit(MessageStore store, int seed) {
    String id = receive(store, hl7("P" + seed, seed)).id();
    store.sealed(id, List.of(part(seed, 10)));
    store.committed(part(seed, 10).transaction().id(), 5, 0);
    return id;
  }

  private long bytes(String folder) throws IOException {
    long sum = 0;
    try (Stream<Path> files = Files.list(home.resolve(folder))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
    }
    return sum;
  }

  @Test
  void contentOfACommittedMessageGoesAfterItsTimeAndNotBefore() throws Exception {
    try (MessageStore store = open()) {
      String id = commit(store, 1);
      pass(KEPT.minusDays(1));
      assertThat(store.sweep(KEPT).contents()).isZero();
      assertThat(store.raw(id)).isNotEmpty();
      pass(OVER.minus(KEPT));
      assertThat(store.sweep(KEPT).contents()).isEqualTo(1);
      assertThatThrownBy(() -> store.raw(id))
          .isInstanceOfSatisfying(
              MessageException.class,
              e -> assertThat(e.reason()).isEqualTo(MessageException.Reason.GONE));
      assertThat(store.find(id).orElseThrow().records()).hasSize(1);
    }
    assertThat(bytes("inbox")).as("only the head is left").isLessThan(400);
  }

  @Test
  void whatIsNotFinishedStaysWholeHoweverOld() {
    String waiting;
    String kept;
    String sealed;
    String failed;
    try (MessageStore store = open()) {
      waiting = receive(store, hl7("W", 1)).id();
      kept = receive(store, hl7("Q", 2)).id();
      store.quarantined(kept, QuarantineReason.RULE_ERROR, "PID-3");
      sealed = receive(store, hl7("S", 3)).id();
      store.sealed(sealed, List.of(part(3, 10)));
      failed = receive(store, hl7("F", 4)).id();
      store.sealed(failed, List.of(part(4, 10)));
      store.failed(failed, "NOT_ALLOWED");
      for (int i = 10; i < 60; i++) {
        commit(store, i);
      }
      pass(Duration.ofDays(3650));
      assertThat(store.sweep(KEPT).contents()).isEqualTo(50);
    }
    try (MessageStore store = open()) {
      for (String id : List.of(waiting, kept, sealed, failed)) {
        assertThat(store.raw(id)).isNotEmpty();
      }
      assertThat(store.find(kept).orElseThrow().reason()).contains(QuarantineReason.RULE_ERROR);
      assertThat(store.find(kept).orElseThrow().place()).contains("PID-3");
      assertThat(store.find(failed).orElseThrow().place()).contains("NOT_ALLOWED");
      assertThat(store.pending(10)).containsExactly(sealed);
      assertThat(store.transactionBytes(part(3, 10).transaction().id()))
          .isEqualTo(part(3, 10).transaction().encoded().toArray());
      assertThat(lease(store).orElseThrow().id()).isEqualTo(waiting);
      assertThat(lease(store)).isEmpty();
    }
  }

  @Test
  void messagesAreWorkedOnInTheOrderOfArrivalAlsoAfterTheyWereMoved() {
    List<String> waiting = new ArrayList<>();
    try (MessageStore store = open()) {
      waiting.add(receive(store, "no patient 1").id());
      commitSome(store, 20, 40);
      pass(OVER);
      store.sweep(KEPT);
      waiting.add(receive(store, "no patient 2").id());
      waiting.add(receive(store, "no patient 3").id());
    }
    try (MessageStore store = open()) {
      for (String id : waiting) {
        assertThat(lease(store).orElseThrow().id()).isEqualTo(id);
        store.notARecord(id, "test");
      }
    }
  }

  private static void commitSome(MessageStore store, int from, int to) {
    for (int i = from; i < to; i++) {
      commit(store, i);
    }
  }

  @Test
  void aDuplicateIsKnownWhenItsContentIsGone() {
    String id;
    try (MessageStore store = open()) {
      id = commit(store, 1);
      pass(OVER);
      store.sweep(KEPT);
      assertThat(receive(store, hl7("P1", 1))).isEqualTo(duplicate(id));
    }
    try (MessageStore store = open()) {
      assertThat(receive(store, hl7("P1", 1))).isEqualTo(duplicate(id));
      assertThat(lease(store)).isEmpty();
    }
  }

  private static Receipt duplicate(String id) {
    return new Receipt(id, Receipt.Status.DUPLICATE);
  }

  @Test
  void aDuplicateIsKnownWhenItsMessageIsForgotten() {
    Receipt known;
    try (MessageStore store = open(3)) {
      String id = commit(store, 1);
      commitSome(store, 20, 60);
      assertThat(store.find(id)).isEmpty();
      known = receive(store, hl7("P1", 1));
      assertThat(known.status()).isEqualTo(Receipt.Status.DUPLICATE);
      pass(OVER);
      for (int round = 3; round < 6; round++) {
        store.sweep(KEPT);
        commitSome(store, 20 * round, 20 * round + 20);
        assertThat(receive(store, hl7("P1", 1))).isEqualTo(known);
      }
    }
    try (MessageStore store = open(3)) {
      assertThat(receive(store, hl7("P1", 1))).isEqualTo(known);
      for (int seed = 20; seed < 120; seed++) {
        assertThat(receive(store, hl7("P" + seed, seed)).status())
            .isEqualTo(Receipt.Status.DUPLICATE);
      }
      assertThat(lease(store)).isEmpty();
    }
  }

  @Test
  void theJournalsDoNotGrowWithoutEnd() throws Exception {
    try (MessageStore store = open(20)) {
      long most = 0;
      for (int round = 0; round < 12; round++) {
        commitSome(store, 1 + round * 20, 21 + round * 20);
        pass(OVER);
        store.sweep(KEPT);
        if (round == 3) {
          most = bytes("inbox") + bytes("outbox");
        }
      }
      assertThat(bytes("inbox") + bytes("outbox")).isLessThan(most * 2);
    }
  }

  @Test
  void whatIsForgottenDoesNotComeBackAsNew() {
    try (MessageStore store = open(3)) {
      receive(store, "no patient, waits, and keeps the inbox from being cleaned ".repeat(1000));
      for (int round = 0; round < 6; round++) {
        commitSome(store, 1 + round * 20, 21 + round * 20);
        store.sweep(Duration.ofDays(10_000));
      }
    }
    try (MessageStore store = open(3)) {
      assertThat(store.counts().get(MessageState.RECEIVED)).isEqualTo(1);
      assertThat(store.counts().get(MessageState.COMMITTED)).isEqualTo(3);
      assertThat(store.pending(10)).isEmpty();
    }
  }

  @Test
  void aPatientsNumbersGoOnAfterTheirFramesAreGone() {
    SealedPart first = part(1, 10);
    long last;
    try (MessageStore store = open(3)) {
      commitSome(store, 1, 2);
      last = store.nextSequence(first.patientKey());
      String id = receive(store, "one more").id();
      store.sealed(
          id, List.of(new SealedPart(first.patientKey(), last, part(2, 10).transaction())));
      store.committed(part(2, 10).transaction().id(), 6, 0);
      commitSome(store, 20, 80);
      pass(OVER);
      store.sweep(KEPT);
    }
    try (MessageStore store = open(3)) {
      assertThat(store.nextSequence(first.patientKey())).isEqualTo(last + 1);
    }
  }

  @Test
  void aMessageWhoseSweptHistoryWasLongStandsAsItStood() {
    String id;
    try (MessageStore store = open()) {
      id = receive(store, hl7("P", 1)).id();
      store.sealed(id, List.of(part(1, 10), part(2, 10)));
      store.committed(part(1, 10).transaction().id(), 4, 0);
      store.sealAnew(id);
      commitSome(store, 20, 60);
      store.sealed(id, List.of(part(3, 20)));
      pass(OVER);
      store.sweep(KEPT);
    }
    try (MessageStore store = open()) {
      MessageView view = store.find(id).orElseThrow();
      assertThat(view.state()).isEqualTo(MessageState.SEALED);
      assertThat(view.records())
          .extracting(MessageRecord::txId)
          .containsExactly(
              part(1, 10).transaction().id().hex(), part(3, 20).transaction().id().hex());
      store.committed(part(3, 20).transaction().id(), 9, 0);
      assertThat(store.find(id).orElseThrow().state()).isEqualTo(MessageState.COMMITTED);
    }
  }

  @Test
  void sealedBytesInALaterFileThanTheHistoryStayWhenBothAreCleaned() {
    String id;
    try (MessageStore store = open(3)) {
      id = receive(store, hl7("P", 1)).id();
      store.quarantined(id, QuarantineReason.RULE_ERROR, "x");
      commitSome(store, 20, 60);
      store.reprocess(id);
      store.sealed(id, List.of(part(1, 10)));
      commitSome(store, 60, 100);
      store.sweep(KEPT);
      requireSealed(store, id, part(1, 10));
    }
    try (MessageStore store = open(3)) {
      requireSealed(store, id, part(1, 10));
    }
  }

  @Test
  void whatIsSealedAfterItsHistoryWasMovedKeepsItsBytes() {
    String id;
    try (MessageStore store = open(3)) {
      id = receive(store, hl7("P", 1)).id();
      store.sealed(id, List.of(part(1, 10)));
      commitSome(store, 20, 60);
      store.sweep(KEPT);
      store.sealAnew(id);
      store.sealed(id, List.of(part(2, 20)));
      commitSome(store, 60, 100);
      store.sweep(KEPT);
      commitSome(store, 100, 120);
      store.sweep(KEPT);
      requireSealed(store, id, part(2, 20));
    }
    try (MessageStore store = open(3)) {
      requireSealed(store, id, part(2, 20));
    }
  }

  private static void requireSealed(MessageStore store, String id, SealedPart part) {
    assertThat(store.pending(10)).containsExactly(id);
    assertThat(store.transactionBytes(part.transaction().id()))
        .isEqualTo(part.transaction().encoded().toArray());
  }

  @Test
  void aLeaseHoldsWhileItsMessageIsMoved() {
    try (MessageStore store = open()) {
      String id = receive(store, "no patient").id();
      store.quarantined(id, QuarantineReason.RULE_ERROR, "x");
      store.reprocess(id);
      Lease held = lease(store).orElseThrow();
      commitSome(store, 20, 60);
      pass(OVER);
      store.sweep(KEPT);
      assertThat(store.find(id).orElseThrow().state()).isEqualTo(MessageState.RECEIVED);
      assertThat(lease(store).map(Lease::id)).isNotEqualTo(Optional.of(held.id()));
      store.sealed(id, List.of(part(1, 10)));
      assertThat(store.find(id).orElseThrow().state()).isEqualTo(MessageState.SEALED);
    }
  }
}
