package org.medseal.connectors.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.connectors.message.Receipt.Status.DUPLICATE;
import static org.medseal.connectors.message.StoreFixture.hl7;
import static org.medseal.connectors.message.StoreFixture.lease;
import static org.medseal.connectors.message.StoreFixture.part;
import static org.medseal.connectors.message.StoreFixture.receive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.journal.JournalException;
import org.medseal.ledger.model.Bytes;

/** The process is killed, or the power cut, at every single call to the disk while it sweeps. */
class RetentionCrashTest {
  private static final Duration KEPT = Duration.ofDays(30);
  private static final Duration OVER = Duration.ofDays(40);
  private static final Duration FOR_EVER = Duration.ofDays(10_000);
  private static final long SMALL_FILES = 3_000;
  private static final MessageLimits ROOM = new MessageLimits(1 << 16, 1000, 1 << 26, 12);

  @TempDir private Path folder;

  /** What the store owes: ids by the state they were last known to have durably. */
  private final Map<String, MessageState> owed = new HashMap<>();

  private final List<String> order = new ArrayList<>();
  private final Set<String> finished = new HashSet<>();
  private final List<String> finishedTexts = new ArrayList<>();
  private final Set<Bytes> patients = new HashSet<>();

  /** What is done between opening a store on a disk that ends and closing it. */
  private interface Work {
    void on(MessageStore store, StoreFixture fixture, CutDisk disk);
  }

  private interface Check {
    void of(Path home, String when);
  }

  private static StoreFixture fixture(Path home) {
    StoreFixture fixture = new StoreFixture(home);
    fixture.wallMs.addAndGet(OVER.toMillis());
    return fixture;
  }

  private static MessageStore open(Path home) {
    return fixture(home).open(ROOM, Disk.real(), SMALL_FILES);
  }

  private void cutEverywhere(Path filled, Work work, Check check) throws IOException {
    boolean cut = true;
    int cuts = 0;
    for (int calls = 0; cut; calls++) {
      Path home = folder.resolve("cut-" + calls);
      Path synced = folder.resolve("synced-" + calls);
      copy(filled, home);
      copy(filled, synced);
      CutDisk disk = new CutDisk(home, synced, calls);
      StoreFixture fixture = fixture(home);
      try (MessageStore store = fixture.open(ROOM, disk, SMALL_FILES)) {
        work.on(store, fixture, disk);
      } catch (JournalException e) {
        assertThat(disk.isCut()).isTrue();
      }
      cut = disk.isCut();
      cuts += cut ? 1 : 0;
      check.of(home, "killed at call " + calls);
      check.of(synced, "power cut at call " + calls);
      delete(home);
      delete(synced);
    }
    assertThat(cuts).as("places to be cut at").isGreaterThan(20);
  }

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
    try (MessageStore store = new StoreFixture(home).open(ROOM, Disk.real(), SMALL_FILES)) {
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

  private void nothingIsLost(Path home, String when) {
    try (MessageStore store = open(home)) {
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
    try (MessageStore store = open(home)) {
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
        (home, when) -> finishedOrWhole(home, id, when));
  }

  private static void finishedOrWhole(Path home, String id, String when) {
    try (MessageStore store = open(home)) {
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
        (home, when) -> {
          try (MessageStore store = open(home)) {
            assertThat(store.counts().get(MessageState.RECEIVED)).as(when).isEqualTo(1);
            assertThat(store.pending(10)).as(when).isEmpty();
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

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path target = to.resolve(from.relativize(path));
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }

  private static void delete(Path home) throws IOException {
    try (Stream<Path> all = Files.walk(home)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
