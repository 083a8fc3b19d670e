package org.medseal.ledger.mutation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Tries tests on changed classes, each with as much patience as it needed on the sound ones, many
 * times over. A test that meets a time limit is red only if the sound classes keep within it at
 * that moment: a busy machine is no proof.
 */
final class Trials {
  private static final long LEAST_SECONDS = 120;
  private static final long TIMES = 10;

  private final Path unchanged;
  private final Map<String, Long> soundSeconds = new ConcurrentHashMap<>();

  /** How a test took a mutation. */
  enum Outcome {
    GREEN,
    /** It failed. */
    RED,
    /** It failed at its own time limit. */
    LATE,
    /** It did not end, or its JVM did. */
    HANGS
  }

  /**
   * @param unchanged a folder without classes
   */
  Trials(Path unchanged) {
    this.unchanged = unchanged;
  }

  /** Those that are not green without any mutation. */
  List<String> broken(Fork fork, List<String> tests) throws IOException, InterruptedException {
    List<String> broken = new ArrayList<>();
    for (String test : tests) {
      long startNs = System.nanoTime();
      if (run(fork, unchanged, test) != Outcome.GREEN) {
        broken.add(test);
      }
      soundSeconds.put(test, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs));
    }
    return broken;
  }

  /** IllegalStateException if the test cannot run, or the machine is too busy to say. */
  Outcome of(Fork fork, Path changed, String test) throws IOException, InterruptedException {
    Outcome outcome = run(fork, changed, test);
    if ((outcome == Outcome.LATE || outcome == Outcome.HANGS)
        && run(fork, unchanged, test) != Outcome.GREEN) {
      throw new IllegalStateException(
          test + " met a time limit, but does so on the sound classes too: try again by itself");
    }
    return outcome;
  }

  private Outcome run(Fork fork, Path changed, String test)
      throws IOException, InterruptedException {
    long patience = Math.max(LEAST_SECONDS, TIMES * soundSeconds.getOrDefault(test, 0L));
    Fork.Said said = fork.run(changed, TestRun.class.getName(), List.of(test), patience);
    if (!said.after("BROKEN ").isEmpty()) {
      throw new IllegalStateException("the tests did not run: " + said.lines());
    } else if (said.timedOut()) {
      return Outcome.HANGS;
    } else if (said.lines().contains(TestRun.LATE + test)) {
      return Outcome.LATE;
    }
    return said.lines().contains(TestRun.GREEN + test) ? Outcome.GREEN : Outcome.RED;
  }
}
