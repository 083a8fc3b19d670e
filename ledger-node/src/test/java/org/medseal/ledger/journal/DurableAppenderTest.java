package org.medseal.ledger.journal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.medseal.ledger.journal.JournalFrames.bytes;
import static org.medseal.ledger.journal.JournalFrames.texts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DurableAppenderTest {
  private static final Path FOLDER = Path.of("/journal");

  private final SimulatedDisk disk = new SimulatedDisk();
  private final ExecutorService callers = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    callers.shutdownNow();
  }

  @Test
  void whatAppendReturnedForSurvivesAPowerCut() {
    DurableAppender appender =
        new DurableAppender(Journal.open(FOLDER, JournalOptions.defaults(), disk));
    for (int i = 1; i <= 3; i++) {
      appender.append(1, bytes("frame " + i));
      try (Journal journal =
          Journal.open(FOLDER, JournalOptions.defaults(), disk.afterPowerCut(0))) {
        assertThat(texts(journal, 0)).hasSize(i);
      }
    }
  }

  @Test
  void callersThatArriveDuringASyncShareTheNextOne() throws Exception {
    Journal journal = Journal.open(FOLDER, JournalOptions.defaults(), disk);
    DurableAppender appender = new DurableAppender(journal);
    CountDownLatch inSync = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    int before = disk.syncs();
    disk.hook((operation, file) -> holdFirst(operation, inSync, release));
    List<Future<Long>> appends = new ArrayList<>();
    appends.add(callers.submit(() -> appender.append(1, bytes("leader"))));
    assertThat(inSync.await(10, SECONDS)).as("a sync began").isTrue();
    long oneFrame = journal.endPosition();
    for (int i = 0; i < 20; i++) {
      appends.add(callers.submit(() -> appender.append(1, bytes("leader"))));
    }
    await().until(() -> journal.endPosition() == 21 * oneFrame);
    assertThat(appends).noneMatch(Future::isDone);
    release.countDown();
    for (Future<Long> append : appends) {
      append.get();
    }
    assertThat(disk.syncs() - before).isEqualTo(2);
    assertThat(texts(Journal.open(FOLDER, JournalOptions.defaults(), disk.afterPowerCut(0)), 0))
        .hasSize(21);
  }

  @Test
  void aFailedSyncFailsEveryCallerThatWaitsForIt() throws Exception {
    Journal journal = Journal.open(FOLDER, JournalOptions.defaults(), disk);
    DurableAppender appender = new DurableAppender(journal);
    CountDownLatch inSync = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    disk.hook(
        (operation, file) -> {
          holdFirst(operation, inSync, release);
          if (operation.equals("sync")) {
            throw new IOException("injected");
          }
        });
    Future<Long> leader = callers.submit(() -> appender.append(1, bytes("a")));
    assertThat(inSync.await(10, SECONDS)).as("a sync began").isTrue();
    Future<Long> follower = callers.submit(() -> appender.append(1, bytes("a")));
    await().until(() -> journal.endPosition() > 2 * FrameCodec.HEAD_BYTES);
    release.countDown();
    assertThatThrownBy(leader::get).hasCauseInstanceOf(JournalException.class);
    assertThatThrownBy(follower::get).hasCauseInstanceOf(JournalException.class);
  }

  private static void holdFirst(String operation, CountDownLatch reached, CountDownLatch release)
      throws IOException {
    if (operation.equals("sync")) {
      reached.countDown();
      try {
        if (!release.await(20, SECONDS)) {
          throw new IOException("never released");
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }
}
