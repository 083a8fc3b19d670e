package org.medseal.admin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;

/**
 * Where calls without a login run: few threads of their own and a short queue, so that a flood of
 * them keeps nobody waiting who is logged in. Entered on the event loop.
 */
final class Door {
  static final int RETRY_SECONDS = 2;

  /** Running and waiting; at some 50 ms a login the last one waits for about half a second. */
  static final int PLACES = 40;

  private static final int WORKERS = 4;
  private static final int OBSERVERS = 2;

  private final WorkerExecutor workers;
  private final Semaphore places;

  private Door(WorkerExecutor workers, int places) {
    this.workers = workers;
    this.places = new Semaphore(places);
  }

  /** For logins and whatever else is for everybody. */
  static Door ofAll(Vertx vertx) {
    return new Door(vertx.createSharedWorkerExecutor("medseal-door", WORKERS), PLACES);
  }

  /** For this machine's questions to the ledger, some of which read much of it. */
  static Door ofObservers(Vertx vertx) {
    return new Door(vertx.createSharedWorkerExecutor("medseal-observe", OBSERVERS), PLACES / 2);
  }

  /** Empty when all places are taken. */
  <T> Optional<Future<T>> enter(Callable<T> work) {
    if (!places.tryAcquire()) {
      return Optional.empty();
    }
    return Optional.of(workers.executeBlocking(work, false).onComplete(done -> places.release()));
  }
}
