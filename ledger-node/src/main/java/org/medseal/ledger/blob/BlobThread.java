package org.medseal.ledger.blob;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which chunks are read, written, asked for and given. A task that fails costs
 * itself only: the ledger goes on without chunks, not the other way round. An error ends it, and
 * the node with it.
 */
final class BlobThread {
  private static final Logger LOG = LoggerFactory.getLogger(BlobThread.class);
  private static final long IDLE_MS = 100;
  private static final long BUSY_MS = 2;

  private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final BooleanSupplier between;
  private final Consumer<Error> onFailure;
  private final Thread thread;
  private volatile boolean stopped;

  /**
   * @param between run after each task and every so often; true if it has more to do soon
   * @param onFailure called on this thread, once, before an error ends it
   */
  BlobThread(String name, BooleanSupplier between, Consumer<Error> onFailure) {
    this.between = between;
    this.onFailure = onFailure;
    this.thread = new Thread(this::run, name);
    this.thread.setDaemon(true);
  }

  static long monotonicMs() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  void start() {
    thread.start();
  }

  /** False once it has been stopped. */
  boolean execute(Runnable task) {
    return !stopped && tasks.add(task);
  }

  private void run() {
    boolean busy = false;
    while (!stopped) {
      try {
        Runnable task = tasks.poll(busy ? BUSY_MS : IDLE_MS, TimeUnit.MILLISECONDS);
        if (task != null) {
          task.run();
        }
        busy = between.getAsBoolean();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) { // the thread's edge
        LOG.error("chunks: {}", e.getMessage(), e);
      } catch (Error e) { // the thread's edge
        stopped = true;
        onFailure.accept(e);
      }
    }
  }

  void stop() {
    stopped = true;
    tasks.add(() -> {});
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
