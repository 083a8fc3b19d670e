package org.medseal.ledger.node;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.medseal.ledger.api.CommittedBlock;
import org.medseal.ledger.api.Ledger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners of blocks in order, each on a thread of its own, from a height it names. */
final class BlockFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BlockFeed.class);
  private static final long RETRY_MS = 1_000;

  private final LongFunction<CommittedBlock> blocks;
  private final AtomicInteger number = new AtomicInteger();
  private final Object change = new Object();
  private long height;
  private boolean closed;

  /**
   * @param blocks reads a committed block
   */
  BlockFeed(LongFunction<CommittedBlock> blocks) {
    this.blocks = blocks;
  }

  /** Blocks up to here may be told of. */
  void committed(long newHeight) {
    synchronized (change) {
      height = newHeight;
      change.notifyAll();
    }
  }

  Ledger.Listening subscribe(long fromHeight, Consumer<CommittedBlock> listener) {
    Subscription subscription = new Subscription(Math.max(1, fromHeight), listener);
    Thread thread = new Thread(subscription, "ledger-blocks-" + number.incrementAndGet());
    thread.setDaemon(true);
    thread.start();
    return subscription;
  }

  @Override
  public void close() {
    synchronized (change) {
      closed = true;
      change.notifyAll();
    }
  }

  private final class Subscription implements Runnable, Ledger.Listening {
    private final Consumer<CommittedBlock> listener;
    private long next;
    private boolean ended; // guarded by change

    Subscription(long next, Consumer<CommittedBlock> listener) {
      this.next = next;
      this.listener = listener;
    }

    @Override
    public void run() {
      try {
        while (awaitNext()) {
          tell();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private boolean awaitNext() throws InterruptedException {
      synchronized (change) {
        while (!closed && !ended && height < next) {
          change.wait();
        }
        return !closed && !ended;
      }
    }

    /** A listener that fails hears of the same block again: skipping one would lose it. */
    private void tell() throws InterruptedException {
      try {
        listener.accept(blocks.apply(next));
        next++;
      } catch (Throwable e) { // the thread's edge; an Error must not silence the feed either
        LOG.error("a listener failed at block {}; it is told again", next, e);
        pause();
      }
    }

    /** Until it is time to try again, or the feed ends. */
    private void pause() throws InterruptedException {
      long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RETRY_MS);
      synchronized (change) {
        long leftMs = RETRY_MS;
        while (!closed && !ended && leftMs > 0) {
          change.wait(leftMs);
          leftMs = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        }
      }
    }

    @Override
    public void close() {
      synchronized (change) {
        ended = true;
        change.notifyAll();
      }
    }
  }
}
