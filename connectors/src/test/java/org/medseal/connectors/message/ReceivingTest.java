package org.medseal.connectors.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.medseal.connectors.message.StoreFixture.lease;
import static org.medseal.connectors.message.StoreFixture.receive;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.QuarantineReason;

class ReceivingTest extends MessageStoreCase {
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
  void aControlIdIsKnownAsLongAsTheFirstUnderItIs() {
    MessageLimits oneFinished = new MessageLimits(1 << 16, 1000, 1 << 26, 1);
    try (MessageStore store = fixture.open(oneFinished)) {
      receive(store, "lab", "one", Optional.of("7"));
      String second = receive(store, "lab", "two", Optional.of("7")).id();
      store.notARecord(second, "ACK");
      store.notARecord(receive(store, "lab", "three", Optional.empty()).id(), "ACK");
      assertThat(store.find(second)).isEmpty();
      assertThat(receive(store, "lab", "four", Optional.of("7")).status())
          .isEqualTo(Receipt.Status.CONFLICT);
    }
  }

  @Test
  void ofManyAtOnceUnderOneControlIdAllButOneAreConflicts() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (MessageStore store = fixture.open()) {
      List<Future<Receipt>> receipts = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        String content = "content " + i;
        receipts.add(threads.submit(() -> receive(store, "lab", content, Optional.of("C-1"))));
      }
      int conflicts = 0;
      for (Future<Receipt> receipt : receipts) {
        conflicts += receipt.get().status() == Receipt.Status.CONFLICT ? 1 : 0;
      }
      assertThat(conflicts).isEqualTo(63);
    } finally {
      threads.shutdownNow();
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
}
