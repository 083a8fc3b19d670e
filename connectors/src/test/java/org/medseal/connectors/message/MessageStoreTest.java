package org.medseal.connectors.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.medseal.connectors.message.StoreFixture.hl7;
import static org.medseal.connectors.message.StoreFixture.lease;
import static org.medseal.connectors.message.StoreFixture.part;
import static org.medseal.connectors.message.StoreFixture.receive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.ledger.model.Bytes;

class MessageStoreTest {
  @TempDir Path home;
  private StoreFixture fixture;

  @BeforeEach
  void fixture() {
    fixture = new StoreFixture(home);
  }

  @Test
  void whatWasReceivedIsThereByteForByteAfterReopening() {
    byte[] raw = {0, (byte) 0xFF, 'M', 13, 10, 0x1C};
    String id;
    try (MessageStore store = fixture.open()) {
      id =
          store
              .receive("scanner", Format.DICOM, raw, Optional.empty(), Optional.of("a/b.dcm"))
              .id();
    }
    try (MessageStore store = fixture.open()) {
      assertThat(store.raw(id)).isEqualTo(raw);
      assertThat(store.sourceLabel(id)).contains("a/b.dcm");
      assertThat(store.find(id).orElseThrow().state()).isEqualTo(MessageState.RECEIVED);
      assertThat(store.find(id).orElseThrow().format()).isEqualTo(Format.DICOM);
    }
  }

  @Test
  void theSameBytesOnTheSameFeedAreStoredOnce() {
    try (MessageStore store = fixture.open()) {
      Receipt first = receive(store, "x");
      assertThat(receive(store, "x")).isEqualTo(new Receipt(first.id(), Receipt.Status.DUPLICATE));
      assertThat(receive(store, "other", "x", Optional.empty()).status())
          .isEqualTo(Receipt.Status.NEW);
    }
    try (MessageStore store = fixture.open()) {
      assertThat(receive(store, "x").status()).isEqualTo(Receipt.Status.DUPLICATE);
      assertThat(store.counts().get(MessageState.RECEIVED)).isEqualTo(2);
    }
  }

  @Test
  void theSameBytesFromManyThreadsAtOnceAreStoredOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (MessageStore store = fixture.open()) {
      List<Future<Receipt>> receipts = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        receipts.add(threads.submit(() -> receive(store, "same")));
      }
      Set<String> ids = new HashSet<>();
      int fresh = 0;
      for (Future<Receipt> receipt : receipts) {
        ids.add(receipt.get().id());
        fresh += receipt.get().status() == Receipt.Status.NEW ? 1 : 0;
      }
      assertThat(ids).hasSize(1);
      assertThat(fresh).isEqualTo(1);
      assertThat(store.counts().get(MessageState.RECEIVED)).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void theSameControlIdWithOtherContentIsStoredAndFlagged() {
    try (MessageStore store = fixture.open()) {
      receive(store, "lab", "one", Optional.of("7"));
      Receipt second = receive(store, "lab", "two", Optional.of("7"));
      assertThat(second.status()).isEqualTo(Receipt.Status.CONFLICT);
      assertThat(store.find(second.id()).orElseThrow().conflict()).isTrue();
      assertThat(receive(store, "adt", "three", Optional.of("7")).status())
          .isEqualTo(Receipt.Status.NEW);
    }
    try (MessageStore store = fixture.open()) {
      assertThat(receive(store, "lab", "four", Optional.of("7")).status())
          .isEqualTo(Receipt.Status.CONFLICT);
    }
  }

  @Test
  void aboveTheHighWaterMarkOnlyDuplicatesAreTaken() {
    try (MessageStore store = fixture.open(new MessageLimits(100, 2, 1000, 10))) {
      receive(store, "1");
      receive(store, "2");
      assertThatThrownBy(() -> receive(store, "3")).isInstanceOf(BackPressureException.class);
      assertThat(receive(store, "1").status()).isEqualTo(Receipt.Status.DUPLICATE);
      store.quarantined(lease(store).orElseThrow().id(), QuarantineReason.RULE_ERROR, "PID-3");
      assertThat(receive(store, "3").status()).isEqualTo(Receipt.Status.NEW);
    }
  }

  @Test
  void aboveTheHighWaterMarkInBytesNothingIsTaken() {
    try (MessageStore store = fixture.open(new MessageLimits(100, 100, 10, 10))) {
      receive(store, "12345678");
      assertThatThrownBy(() -> receive(store, "abc")).isInstanceOf(BackPressureException.class);
      assertThatThrownBy(() -> receive(store, "x".repeat(101)))
          .isInstanceOf(MessageException.class)
          .extracting(e -> ((MessageException) e).reason())
          .isEqualTo(MessageException.Reason.TOO_LARGE);
    }
  }

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
  void anErrorWhileStoringLeavesNothingForTheNextAttemptToWaitFor() {
    try (MessageStore store = fixture.open()) {
      Arrival failing =
          new Arrival(
              "lab",
              Format.HL7V2,
              "x".getBytes(StandardCharsets.UTF_8),
              Optional.empty(),
              Optional.of("x"),
              Optional.empty());
      fixture.failOnce(new OutOfMemoryError("of the test"));
      assertThatThrownBy(() -> store.receive(failing)).isInstanceOf(OutOfMemoryError.class);
      assertThat(assertTimeoutPreemptively(Duration.ofSeconds(30), () -> store.receive(failing)))
          .extracting(Receipt::status)
          .isEqualTo(Receipt.Status.NEW);
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

  @Test
  void noClearTextAndNoPlainHashIsOnDisk() throws Exception {
    byte[] raw = "Zwackelmannsdottir".repeat(10).getBytes(StandardCharsets.UTF_8);
    try (MessageStore store = fixture.open()) {
      store.receive(
          "lab", Format.HL7V2, raw, Optional.of("Zwackel-77"), Optional.of("Zwackel.hl7"));
    }
    byte[] hash = java.security.MessageDigest.getInstance("SHA-256").digest(raw);
    String disk = disk();
    assertThat(disk).contains("lab").doesNotContain("Zwackel");
    assertThat(disk).doesNotContain(latin(java.util.Arrays.copyOf(hash, 16)));
  }

  @Test
  void aCrashAtAnyByteLosesNothingAcknowledged() throws Exception {
    List<Long> ends = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    Path file;
    try (MessageStore store = fixture.open()) {
      file = newest(home.resolve("inbox"));
      for (int i = 0; i < 6; i++) {
        ids.add(receive(store, hl7("P" + i, i)).id());
        ends.add(Files.size(file));
      }
    }
    byte[] whole = Files.readAllBytes(file);
    for (int cut = (int) (ends.get(0) - 30); cut <= whole.length; cut += 7) {
      Path crashed = Files.createTempDirectory(home, "cut");
      Files.createDirectories(crashed.resolve("inbox"));
      Path copy = crashed.resolve("inbox").resolve(file.getFileName().toString());
      Files.write(copy, java.util.Arrays.copyOf(whole, cut));
      int acknowledged = 0;
      for (long end : ends) {
        acknowledged += end <= cut ? 1 : 0;
      }
      try (MessageStore store = new StoreFixture(crashed).open()) {
        for (String id : ids.subList(0, acknowledged)) {
          assertThat(store.find(id)).as("cut at " + cut).isPresent();
          assertThat(store.raw(id)).isNotEmpty();
        }
        assertThat(lease(store).isPresent()).isEqualTo(acknowledged > 0);
      }
    }
  }

  @Test
  void aCrashAtAnyByteOfTheOutboxGivesTheSameBytesOrStartsOver() throws Exception {
    Path file;
    String id;
    long before;
    long after;
    try (MessageStore store = fixture.open()) {
      file = newest(home.resolve("outbox"));
      id = receive(store, "x").id();
      before = Files.size(file);
      store.sealed(id, List.of(part(1, 10)));
      after = Files.size(file);
    }
    byte[] whole = Files.readAllBytes(file);
    for (int cut = (int) before; cut <= after; cut += 11) {
      Path crashed = Files.createTempDirectory(home, "cut");
      copy(home.resolve("inbox"), crashed.resolve("inbox"));
      Files.createDirectories(crashed.resolve("outbox"));
      Path copy = crashed.resolve("outbox").resolve(file.getFileName().toString());
      Files.write(copy, java.util.Arrays.copyOf(whole, cut));
      try (MessageStore store = new StoreFixture(crashed).open()) {
        boolean sealed = store.find(id).orElseThrow().state() == MessageState.SEALED;
        assertThat(sealed).isEqualTo(cut >= after);
        assertThat(lease(store).isPresent()).isEqualTo(!sealed);
      }
    }
    try (MessageStore store = fixture.open()) {
      assertThat(store.transactionBytes(part(1, 10).transaction().id()))
          .isEqualTo(part(1, 10).transaction().encoded().toArray());
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName().toString()));
      }
    }
  }

  private static Path newest(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> !f.getFileName().toString().equals("lock"))
          .max(java.util.Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  private String disk() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(file).append(latin(Files.readAllBytes(file)));
      }
    }
    return all.toString();
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
