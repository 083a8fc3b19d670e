package org.medseal.connectors.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.connectors.message.Receipt.Status.DUPLICATE;
import static org.medseal.connectors.message.StoreFixture.hl7;
import static org.medseal.connectors.message.StoreFixture.lease;
import static org.medseal.connectors.message.StoreFixture.part;
import static org.medseal.connectors.message.StoreFixture.receive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.ledger.model.Bytes;

/** The process is killed, or the power cut, at every single call to the disk while it sweeps. */
class RetentionCrashTest extends CrashCase {
  private static final Duration KEPT = Duration.ofDays(30);
  private static final Duration FOR_EVER = Duration.ofDays(10_000);

  /** What the store owes: ids by the state they were last known to have durably. */
  private final Map<String, MessageState> owed = new HashMap<>();

  private final List<String> order = new ArrayList<>();
  private final Set<String> finished = new HashSet<>();
  private final List<String> finishedTexts = new ArrayList<>();
  private final Set<Bytes> patients = new HashSet<>();

  private void commit(MessageStore store, int seed) {
    SealedPart part = part(seed, 10);
    String id = receive(store, hl7("P" + seed, seed)).id();
    store.sealed(id, List.of(part));
    store.committed(part.transaction().id(), 5, 0);
    patients.add(part.patientKey());
    finished.add(id);
    finishedTexts.add(hl7("P" + seed, seed));
  }

  private void fill(Path home) {
    Map<String, SealedPart> later = new HashMap<>();
    try (MessageStore store =
        new StoreFixture(home).open(ROOM, CutDisk.endless(home), SMALL_FILES)) {
      for (int i = 1; i < 60; i++) {
        if (i % 6 > 2) {
          commit(store, i);
          continue;
        }
        String id = receive(store, hl7("P" + i, i)).id();
        switch (i % 6) {
          case 0 -> {
            order.add(id);
            owed.put(id, MessageState.RECEIVED);
          }
          case 1 -> {
            store.quarantined(id, QuarantineReason.RULE_ERROR, "x");
            owed.put(id, MessageState.QUARANTINED);
            if (i < 10) {
              later.put(id, part(i, 30));
            }
          }
          default -> {
            store.sealed(id, List.of(part(i, 10)));
            owed.put(id, MessageState.SEALED);
          }
        }
        if (i == 25) {
          sealBehindTheirHistory(store, later);
        }
      }
      // So much is over that the sweep comes to the file in which they were sealed.
      for (int seed = 60; seed < 120; seed++) {
        commit(store, seed);
      }
    }
  }

  /** In a later file of the outbox than what happened to them first. */
  private void sealBehindTheirHistory(MessageStore store, Map<String, SealedPart> parts) {
    parts.forEach(
        (id, part) -> {
          store.reprocess(id);
          store.sealed(id, List.of(part));
          owed.put(id, MessageState.SEALED);
        });
  }

  @Test
  void nothingAcknowledgedIsLostAndNothingFinishedComesBack() throws IOException {
    Path filled = folder.resolve("filled");
    fill(filled);
    cutEverywhere(filled, (store, fixture, disk) -> store.sweep(KEPT), this::nothingIsLost);
  }

  private void nothingIsLost(End end) {
    String when = end.when();
    try (MessageStore store = open(end.home())) {
      owed.forEach(
          (id, state) -> {
            assertThat(store.find(id)).as(when).isPresent();
            assertThat(store.find(id).orElseThrow().state()).as(when).isEqualTo(state);
            assertThat(store.raw(id)).as(when).isNotEmpty();
          });
      sealedBytesAreThere(store, when);
      assertThat(store.pending(100))
          .as(when)
          .containsExactlyInAnyOrderElementsOf(of(MessageState.SEALED));
      List<String> handedOut = new ArrayList<>();
      for (Optional<Lease> next = lease(store); next.isPresent(); next = lease(store)) {
        handedOut.add(next.get().id());
      }
      assertThat(handedOut).as(when).isEqualTo(order).doesNotContainAnyElementsOf(finished);
      store.sweep(KEPT);
    }
    try (MessageStore store = open(end.home())) {
      sealedBytesAreThere(store, when);
      owed.forEach((id, state) -> assertThat(store.raw(id)).as(when).isNotEmpty());
      assertThat(finishedTexts)
          .as(when)
          .allSatisfy(text -> assertThat(receive(store, text).status()).isEqualTo(DUPLICATE));
      assertThat(store.counts().get(MessageState.RECEIVED)).as(when).isEqualTo(order.size());
      assertThat(patients)
          .as("no number is given a second time, " + when)
          .allSatisfy(patient -> assertThat(store.nextSequence(patient)).isGreaterThan(1));
    }
  }

  private static void sealedBytesAreThere(MessageStore store, String when) {
    store.pending(100).forEach(id -> store.records(id).forEach(r -> bytes(store, r, when)));
  }

  /** Nobody waits for the disk when a message is finished: only what is durably so may go. */
  @Test
  void contentGoesOnlyOnceItIsDurableThatNobodyNeedsIt() throws IOException {
    Path filled = folder.resolve("filled");
    fill(filled);
    String id = order.get(0);
    cutEverywhere(
        filled,
        (store, fixture, disk) -> {
          store.notARecord(id, "test");
          fixture.wallMs.addAndGet(OVER.toMillis());
          store.sweep(KEPT);
        },
        end -> finishedOrWhole(id, end));
  }

  private static void finishedOrWhole(String id, End end) {
    String when = end.when();
    try (MessageStore store = open(end.home())) {
      MessageState state = store.find(id).orElseThrow().state();
      if (state != MessageState.NOT_A_RECORD) {
        assertThat(state).as(when).isEqualTo(MessageState.RECEIVED);
        assertThat(store.raw(id)).as(when).isNotEmpty();
      }
    }
  }

  /** The inbox still holds what the outbox tells nothing of any more. */
  @Test
  void whatIsForgottenDoesNotComeBackAsNew() throws IOException {
    Path filled = folder.resolve("filled");
    try (MessageStore store = open(filled)) {
      receive(store, "no patient, waits, and keeps the inbox from being cleaned ".repeat(1000));
      for (int round = 0; round < 3; round++) {
        for (int seed = 1; seed <= 30; seed++) {
          commit(store, 30 * round + seed);
        }
        if (round < 2) {
          store.sweep(FOR_EVER);
        }
      }
    }
    cutEverywhere(
        filled,
        (store, fixture, disk) -> store.sweep(FOR_EVER),
        end -> {
          try (MessageStore store = open(end.home())) {
            assertThat(store.counts().get(MessageState.RECEIVED)).as(end.when()).isEqualTo(1);
            assertThat(store.pending(10)).as(end.when()).isEmpty();
          }
        });
  }

  private static void bytes(MessageStore store, OutboxRecord record, String when) {
    assertThat(store.transactionBytes(record.txId())).as(when).isNotEmpty();
  }

  private List<String> of(MessageState state) {
    return owed.entrySet().stream()
        .filter(each -> each.getValue() == state)
        .map(Map.Entry::getKey)
        .toList();
  }
}
