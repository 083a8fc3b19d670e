package org.medseal.app;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.medseal.connectors.message.MessageStore;
import org.medseal.connectors.message.Swept;
import org.medseal.ledger.journal.JournalException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives disk space of messages back, every hour, on a thread of its own. */
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration EVERY = Duration.ofHours(1);

  private final MessageStore messages;
  private final Duration contentKept;
  private final ScheduledExecutorService thread;

  Housekeeping(MessageStore messages, Duration contentKept) {
    this.messages = messages;
    this.contentKept = contentKept;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread made = new Thread(work, "housekeeping");
              made.setDaemon(true);
              return made;
            });
  }

  void start() {
    Future<?> unused =
        thread.scheduleWithFixedDelay(
            this::sweep, FIRST.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
  }

  private void sweep() {
    try {
      Swept swept = messages.sweep(contentKept);
      if (swept.contents() > 0 || swept.freedBytes() > 0) {
        LOG.info(
            "{} messages' content was deleted after its time, {} bytes are free again",
            swept.contents(),
            swept.freedBytes());
      }
    } catch (RuntimeException | Error e) { // the thread's edge: the next hour may be better
      // A journal names its file and offset; others might quote what no log may hold.
      String where = e instanceof JournalException ? e.getMessage() : "";
      LOG.error("old messages could not be swept ({}) {}", e.getClass().getName(), where);
    }
  }

  /** Waits for a sweep under way: an interrupt would not make it any safer. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
