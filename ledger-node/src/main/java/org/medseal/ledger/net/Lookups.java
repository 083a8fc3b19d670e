package org.medseal.ledger.net;

import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Looks host names up on threads of its own: an institution's name server that does not answer
 * holds up neither votes nor the search for the others.
 */
final class Lookups implements AutoCloseable {
  private final Semaphore free;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "ledger-lookup");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param atOnce most names looked up at the same time
   */
  Lookups(int atOnce) {
    this.free = new Semaphore(atOnce);
  }

  /**
   * Hands on the address, still unresolved if there is none or too many are being looked up; on
   * another thread unless it needs no lookup. Nothing once closed.
   */
  void find(InetSocketAddress address, Consumer<InetSocketAddress> then) {
    if (!address.isUnresolved() || !free.tryAcquire()) {
      then.accept(address);
      return;
    }
    try {
      threads.execute(() -> then.accept(found(address)));
    } catch (RejectedExecutionException e) {
      free.release(); // closing
    }
  }

  private InetSocketAddress found(InetSocketAddress address) {
    try {
      return new InetSocketAddress(address.getHostString(), address.getPort());
    } finally {
      free.release();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
