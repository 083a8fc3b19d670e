package org.medseal.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.medseal.anchoring.Anchoring;
import org.medseal.connectors.message.MessageState;
import org.medseal.connectors.message.MessageStore;
import org.medseal.ledger.engine.EngineStatus;
import org.medseal.watch.Sights;
import org.medseal.watch.Watch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows a {@link Watch} what there is to see, every ten seconds, on a thread of its own. */
final class Lookout implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final Watch watch;
  private final MessageStore messages;
  private final RouteFeeds feeds;
  private final Supplier<EngineStatus> ledger;
  private final Path home;
  private final Anchoring anchoring;
  private final ScheduledExecutorService thread;

  Lookout(
      Watch watch,
      MessageStore messages,
      RouteFeeds feeds,
      Supplier<EngineStatus> ledger,
      Path home,
      Anchoring anchoring) {
    this.watch = watch;
    this.messages = messages;
    this.feeds = feeds;
    this.ledger = ledger;
    this.home = home;
    this.anchoring = anchoring;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread made = new Thread(work, "lookout");
              made.setDaemon(true);
              return made;
            });
  }

  void start() {
    Future<?> unused =
        thread.scheduleWithFixedDelay(
            this::look, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
  }

  private void look() {
    try {
      feeds.retry();
      watch.look(sights());
    } catch (RuntimeException | Error e) { // the thread's edge: the next look may see more
      LOG.error("nobody watches the feeds at the moment ({})", e.getClass().getName());
    }
  }

  private Sights sights() {
    Map<String, String> states = new HashMap<>();
    feeds.feeds().forEach(feed -> states.put(feed.feed(), feed.state()));
    Map<MessageState, Long> counts = messages.counts();
    long waiting =
        counts.get(MessageState.RECEIVED)
            + counts.get(MessageState.SEALED)
            + counts.get(MessageState.SUBMITTED);
    try {
      FileStore disk = Files.getFileStore(home);
      return new Sights(
          states,
          messages.tallies(),
          waiting,
          new Sights.Room(disk.getUsableSpace(), disk.getTotalSpace()),
          Optional.of(ledger.get().waiting())
              .filter(each -> each.cause().isOut())
              .map(EngineStatus.Waiting::sentence),
          anchoring.fault());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
