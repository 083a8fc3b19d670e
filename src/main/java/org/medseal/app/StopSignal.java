package org.medseal.app;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits for the wish to stop: the process being asked to end, the parent process ending, or a part
 * failing for good. Ending the process then waits until everything has been closed.
 */
final class StopSignal {
  private static final long CLOSE_SECONDS = 30;

  private final CountDownLatch wished = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Optional<String> failure = Optional.empty();

  /** Returns when somebody wishes to stop; with the reason when a part has failed for good. */
  Optional<String> await(Optional<Long> parent) {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait, "medseal-stop"));
    parent.ifPresent(this::stopWith);
    try {
      wished.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return failure;
  }

  void wish() {
    wished.countDown();
  }

  /** A part cannot go on. */
  void failed(String reason) {
    failure = Optional.of(reason);
    wish();
  }

  /** Everything is closed; the process may end. */
  void closed() {
    closed.countDown();
  }

  private void stopWith(long parent) {
    ProcessHandle.of(parent).ifPresentOrElse(this::stopAfter, this::wish);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // an exit cannot fail
  private void stopAfter(ProcessHandle process) {
    process.onExit().thenRun(this::wish);
  }

  private void stopAndWait() {
    wish();
    try {
      boolean inTime = closed.await(CLOSE_SECONDS, TimeUnit.SECONDS);
      if (!inTime) {
        System.err.println("medseal: not closed within " + CLOSE_SECONDS + " s; ending anyway");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
