package org.medseal.connectors.dicomnet;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.medseal.connectors.dicomnet.pdu.Pdv;

/**
 * Between the event loop, which adds, and the association's worker, which takes. Above the mark the
 * connection is not read, so that one association holds no more than the mark and what had arrived
 * by then: one read and one PDU.
 */
final class Indications {
  private static final int VALUE_COST_BYTES = 64;

  private final LinkedBlockingQueue<Indication> queue = new LinkedBlockingQueue<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final Channel channel;
  private final long markBytes;
  private volatile boolean paused;

  Indications(Channel channel, long markBytes) {
    this.channel = channel;
    this.markBytes = markBytes;
  }

  /** On the event loop. */
  void add(Indication indication) {
    long waiting = waitingBytes.addAndGet(cost(indication));
    queue.add(indication);
    if (waiting > markBytes && !paused) {
      paused = true;
      channel.config().setAutoRead(false);
    }
  }

  /** Empty when nothing came in time. */
  Optional<Indication> take(Duration within) throws InterruptedException {
    Indication next = queue.poll(within.toMillis(), TimeUnit.MILLISECONDS);
    if (next == null) {
      return Optional.empty();
    }
    long waiting = waitingBytes.addAndGet(-cost(next));
    if (paused && waiting <= markBytes / 2) {
      channel.eventLoop().execute(this::resume);
    }
    return Optional.of(next);
  }

  long waitingBytes() {
    return waitingBytes.get();
  }

  private void resume() {
    if (paused && waitingBytes.get() <= markBytes / 2) {
      paused = false;
      channel.config().setAutoRead(true);
    }
  }

  private static long cost(Indication indication) {
    return indication instanceof Indication.Value value ? cost(value.pdv()) : 0;
  }

  private static long cost(Pdv pdv) {
    return (long) VALUE_COST_BYTES + pdv.bytes().length;
  }
}
