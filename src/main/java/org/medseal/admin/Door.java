package org.medseal.admin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;

/**
 * Where calls without a login run: few threads of their own and a short queue, so that a flood of
 * logins keeps nobody waiting who is logged in. Entered on the event loop.
 */
final class Door {
  static final int RETRY_SECONDS = 2;
  static final int WORKERS = 4;

  /** Running and waiting; at some 50 ms a login the last one waits for about half a second. */
  static final int PLACES = 40;

  private final WorkerExecutor workers;
  private final Semaphore places = new Semaphore(PLACES);

  Door(Vertx vertx) {
    this.workers = vertx.createSharedWorkerExecutor("medseal-door", WORKERS);
  }

  /** Empty when all places are taken. */
  <T> Optional<Future<T>> enter(Callable<T> work) {
    if (!places.tryAcquire()) {
      return Optional.empty();
    }
    return Optional.of(workers.executeBlocking(work, false).onComplete(done -> places.release()));
  }
}
