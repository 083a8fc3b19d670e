package org.medseal.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Asks another process again until it gives what is wanted. */
public final class Poll {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private Poll() {}

  /** The first value the question gives; DemoFailure naming {@code what} when the time is over. */
  public static <T> T until(String what, Duration within, Supplier<Optional<T>> question) {
    long end = System.nanoTime() + within.toNanos();
    while (true) {
      Optional<T> answer = question.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      if (System.nanoTime() - end > 0) {
        throw new DemoFailure(what + " did not happen within " + within.toSeconds() + " s");
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
