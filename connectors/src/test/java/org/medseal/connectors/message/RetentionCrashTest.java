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

/** The process is killed, or the power cut, at every single call to the disk while it sweeps. */
class RetentionCrashTest {
  private static final Duration KEPT = Duration.ofDays(30);
  private static final long SMALL_FILES = 3_000;
  private static final MessageLimits ROOM = new MessageLimits(1 << 16, 1000, 1 << 26, 12);

  @TempDir private Path folder;

  /** What the store owes: ids by the state they were last known to have durably. */
  private final Map<String, MessageState> owed = new HashMap<>();

  private final List<String> order = new ArrayList<>();
  private final Set<String> finished = new HashSet<>();
  private final List<String> finishedTexts = new ArrayList<>();

  private MessageStore open(Path home, Disk disk, Duration passed) {
    StoreFixture fixture = new StoreFixture(home);
    fixture.wallMs.addAndGet(passed.toMillis());
    return fixture.open(ROOM, disk, SMALL_FILES);
  }

  private void fill(Path home) {
    Map<String, SealedPart> later = new HashMap<>();
    try (MessageStore store = open(home, Disk.real(), Duration.ZERO)) {
      for (int i = 1; i < 60; i++) {
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
          case 2 -> {
            store.sealed(id, List.of(part(i, 10)));
            owed.put(id, MessageState.SEALED);
          }
          default -> {
            store.sealed(id, List.of(part(i, 10)));
            store.committed(part(i, 10).transaction().id(), 5, 0);
            finished.add(id);
            finishedTexts.add(hl7("P" + i, i));
          }
        }
        if (i == 25) {
          sealBehindTheirHistory(store, later);
        }
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
    boolean cut = true;
    int cuts = 0;
    for (int calls = 0; cut; calls++) {
      Path home = folder.resolve("cut-" + calls);
      Path synced = folder.resolve("synced-" + calls);
      copy(filled, home);
      copy(filled, synced);
      CutDisk disk = new CutDisk(home, synced, calls);
      sweep(home, disk);
      cut = disk.isCut();
      cuts += cut ? 1 : 0;
      check(home, "killed at call " + calls);
      check(synced, "power cut at call " + calls);
      delete(home);
      delete(synced);
    }
    assertThat(cuts).as("places to be cut at").isGreaterThan(50);
  }

  private void sweep(Path home, CutDisk disk) {
    try (MessageStore store = open(home, disk, Duration.ofDays(40))) {
      store.sweep(KEPT);
    } catch (JournalException e) {
      assertThat(disk.isCut()).isTrue();
    }
  }

  private void check(Path home, String when) {
    try (MessageStore store = open(home, Disk.real(), Duration.ofDays(40))) {
      owed.forEach(
          (id, state) -> {
            assertThat(store.find(id)).as(when).isPresent();
            assertThat(store.find(id).orElseThrow().state()).as(when).isEqualTo(state);
            assertThat(store.raw(id)).as(when).isNotEmpty();
          });
      store.pending(100).forEach(id -> store.records(id).forEach(r -> bytes(store, r, when)));
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
    try (MessageStore store = open(home, Disk.real(), Duration.ofDays(40))) {
      store.pending(100).forEach(id -> store.records(id).forEach(r -> bytes(store, r, when)));
      owed.forEach((id, state) -> assertThat(store.raw(id)).as(when).isNotEmpty());
      assertThat(finishedTexts)
          .as(when)
          .allSatisfy(text -> assertThat(receive(store, text).status()).isEqualTo(DUPLICATE));
      assertThat(store.counts().get(MessageState.RECEIVED)).as(when).isEqualTo(order.size());
    }
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
