package org.medseal.ledger.node;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.medseal.ledger.snapshot.SnapshotMaker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a snapshot every so many blocks on a thread of its own. One that is not begun when the next
 * is due is left out; one that cannot be made is logged and harms nothing else.
 */
final class Snapshots implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
  private static final long CLOSE_WAIT_MS = 5_000;

  private final SnapshotMaker maker;
  private final int everyBlocks;
  private final AtomicReference<Optional<Due>> waiting = new AtomicReference<>(Optional.empty());
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread made = new Thread(task, "ledger-snapshot");
            made.setDaemon(true);
            return made;
          });

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Due(long height, byte[] state) {}

  /**
   * @param everyBlocks 0 for never
   */
  Snapshots(SnapshotMaker maker, int everyBlocks) {
    this.maker = maker;
    this.everyBlocks = everyBlocks;
  }

  /**
   * On the engine thread, after that block.
   *
   * @param state asked for only if a snapshot is due
   */
  void committed(long height, Supplier<byte[]> state) {
    if (everyBlocks == 0 || height % everyBlocks != 0) {
      return;
    }
    waiting.set(Optional.of(new Due(height, state.get())));
    try {
      thread.execute(this::makeNext);
    } catch (RejectedExecutionException e) {
      LOG.debug("no snapshot of {}: the node is closing", height);
    }
  }

  private void makeNext() {
    Optional<Due> due = waiting.getAndSet(Optional.empty());
    try {
      due.ifPresent(each -> maker.make(each.height(), each.state()));
    } catch (Exception e) { // the thread's edge: without a snapshot the node still works
      LOG.error("no snapshot of height {}: {}", due.orElseThrow().height(), e.getMessage());
    }
  }

  /** Never interrupts: it may be reading a file that an interrupt would close. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(CLOSE_WAIT_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
