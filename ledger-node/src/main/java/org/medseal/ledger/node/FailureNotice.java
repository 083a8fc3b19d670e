package org.medseal.ledger.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners why the node has stopped: each once, late ones at once. From any thread. */
final class FailureNotice {
  private static final Logger LOG = LoggerFactory.getLogger(FailureNotice.class);

  private final List<Consumer<Throwable>> waiting = new ArrayList<>();
  private Optional<Throwable> cause = Optional.empty();

  void listen(Consumer<Throwable> listener) {
    Optional<Throwable> known;
    synchronized (this) {
      known = cause;
      if (known.isEmpty()) {
        waiting.add(listener);
      }
    }
    known.ifPresent(listener);
  }

  /** Not on the caller's thread: a listener may end the process, which waits for that thread. */
  void tellAfter(Runnable leave, Throwable failure) {
    Thread leaving =
        new Thread(
            () -> {
              try {
                leave.run();
              } finally {
                tell(failure);
              }
            },
            "ledger-leave");
    leaving.setDaemon(true);
    leaving.start();
  }

  /** The first failure counts. */
  void tell(Throwable failure) {
    List<Consumer<Throwable>> listeners;
    synchronized (this) {
      if (cause.isPresent()) {
        return;
      }
      cause = Optional.of(failure);
      listeners = List.copyOf(waiting);
      waiting.clear();
    }
    for (Consumer<Throwable> each : listeners) {
      try {
        each.accept(failure);
      } catch (RuntimeException e) {
        LOG.error("a listener failed at the news of a failure", e);
      }
    }
  }
}
