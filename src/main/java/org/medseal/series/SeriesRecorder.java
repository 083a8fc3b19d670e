package org.medseal.series;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.medseal.connectors.message.MessageState;
import org.medseal.connectors.message.MessageStore;
import org.medseal.connectors.message.MessageView;
import org.medseal.ledger.api.CommittedBlock;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds a {@link MinuteSeries}: every ten seconds by looking, and with every block. */
public final class SeriesRecorder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SeriesRecorder.class);
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final MinuteSeries series;
  private final MessageStore messages;
  private final Ledger ledger;
  private final InstantSource clock;
  private final ScheduledExecutorService thread;
  private Optional<Ledger.Listening> blocks = Optional.empty();

  public SeriesRecorder(
      MinuteSeries series, MessageStore messages, Ledger ledger, InstantSource clock) {
    this.series = series;
    this.messages = messages;
    this.ledger = ledger;
    this.clock = clock;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread made = new Thread(work, "series");
              made.setDaemon(true);
              return made;
            });
  }

  /** Looks for the first time at once; hears of blocks from the next one on. */
  public synchronized void start() {
    blocks = Optional.of(ledger.onBlock(ledger.view().height() + 1, this::onBlock));
    Future<?> unused =
        thread.scheduleAtFixedRate(this::look, 0, EVERY.toSeconds(), TimeUnit.SECONDS);
  }

  void look() {
    try {
      series.look(messages.tallies(), waiting(messages.counts()), ledger.status().pending());
    } catch (RuntimeException | Error e) { // the thread's edge; an Error would end the schedule
      LOG.error("no point of the series was taken ({})", e.getClass().getName());
    }
  }

  private static long waiting(Map<MessageState, Long> counts) {
    return counts.get(MessageState.RECEIVED)
        + counts.get(MessageState.SEALED)
        + counts.get(MessageState.SUBMITTED);
  }

  void onBlock(CommittedBlock block) {
    try {
      series.block(block.timeMs(), block.transactions().size());
      for (IdentifiedTransaction each : block.transactions()) {
        messages.messageOf(each.id()).flatMap(messages::find).ifPresent(this::committed);
      }
    } catch (RuntimeException | Error e) { // the edge: the node's thread must not end with ours
      LOG.error("block {} is in no series ({})", block.height(), e.getClass().getName());
    }
  }

  private void committed(MessageView message) {
    if (message.putBack()) {
      series.committedLate();
    } else {
      series.committed(clock.millis() - message.receivedAt().toEpochMilli());
    }
  }

  @Override
  public synchronized void close() {
    blocks.ifPresent(Ledger.Listening::close);
    blocks = Optional.empty();
    thread.shutdown();
  }
}
