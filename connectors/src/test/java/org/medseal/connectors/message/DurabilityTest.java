package org.medseal.connectors.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.medseal.connectors.message.StoreFixture.hl7;
import static org.medseal.connectors.message.StoreFixture.part;
import static org.medseal.connectors.message.StoreFixture.receive;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.ledger.journal.JournalException;
import org.medseal.ledger.journal.JournalOptions;
import org.medseal.ledger.model.Bytes;

/** What was promised to anybody is what a power cut right afterwards leaves on disk. */
class DurabilityTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private CutDisk disk;

  @BeforeEach
  void mount() {
    disk = new CutDisk(folder.resolve("home"), folder.resolve("synced"), Integer.MAX_VALUE);
  }

  private MessageStore open() {
    return new StoreFixture(folder.resolve("home"))
        .open(StoreFixture.ROOM, disk, JournalOptions.defaults().fileBytes());
  }

  private MessageStore afterAPowerCut() {
    return new StoreFixture(folder.resolve("synced")).open();
  }

  @Test
  void aMessageIsAnsweredOnlyWhenItIsOnDisk() {
    try (MessageStore store = open()) {
      String id = receive(store, hl7("P", 1)).id();
      try (MessageStore later = afterAPowerCut()) {
        assertThat(later.raw(id)).isEqualTo(hl7("P", 1).getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void aTransactionIsKnownOnlyWhenItsBytesAreOnDisk() {
    SealedPart part = part(1, 10);
    try (MessageStore store = open()) {
      String id = receive(store, hl7("P", 1)).id();
      store.sealed(id, List.of(part));
      try (MessageStore later = afterAPowerCut()) {
        assertThat(Bytes.of(later.transactionBytes(part.transaction().id())))
            .isEqualTo(part.transaction().encoded());
      }
    }
  }

  /** The disk fails under the first while the second, with the same bytes, waits for it. */
  @Test
  void aDuplicateIsNotAnsweredForAnOriginalThatDidNotGetToDisk() {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (MessageStore store = open()) {
      CompletableFuture<Void> syncing = new CompletableFuture<>();
      disk.beforeSync(
          () -> {
            syncing.complete(null);
            await().atMost(PATIENCE).until(() -> store.tallies().get("lab").duplicates() == 1);
            disk.cut();
          });
      CompletableFuture<Receipt> first =
          CompletableFuture.supplyAsync(() -> receive(store, hl7("P", 1)), threads);
      assertThat(syncing).succeedsWithin(PATIENCE);
      CompletableFuture<Receipt> second =
          CompletableFuture.supplyAsync(() -> receive(store, hl7("P", 1)), threads);
      assertThatThrownBy(first::join).hasCauseInstanceOf(JournalException.class);
      assertThatThrownBy(second::join).hasCauseInstanceOf(JournalException.class);
    } catch (JournalException closing) {
      assertThat(disk.isCut()).isTrue();
    } finally {
      threads.shutdownNow();
    }
  }
}
