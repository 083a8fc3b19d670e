package org.medseal.bench.fuzz;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Inputs one after the other until so many frames or messages have been read; input number n of a
 * seed is the same in every run, whatever the threads.
 */
final class Campaign {
  private static final long PROGRESS_MS = 60_000;
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private final String target;
  private final long wanted;
  private final long seed;
  private final AtomicLong inputs = new AtomicLong();
  private final AtomicLong units = new AtomicLong();
  private final Kinds kinds = new Kinds();
  private final Largest largest = new Largest();
  private final List<Broken> broken = new ArrayList<>();

  /** An input that a reader did not survive. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Broken(long number, byte[] input, Throwable failure) {}

  Campaign(String target, long wanted, long seed) {
    this.target = target;
    this.wanted = wanted;
    this.seed = seed;
  }

  Campaign run(int threads) throws IOException, InterruptedException {
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      FuzzTarget own = FuzzTargets.named(target);
      Thread thread = new Thread(() -> work(own), "fuzz-" + target + "-" + i);
      thread.start();
      running.add(thread);
    }
    for (Thread each : running) {
      while (each.isAlive()) {
        each.join(PROGRESS_MS);
        System.err.printf(Locale.ROOT, "%s: %,d so far%n", target, units());
      }
    }
    return this;
  }

  private void work(FuzzTarget own) {
    Kinds ownKinds = new Kinds();
    Largest ownLargest = new Largest();
    while (units.get() < wanted && !hasBroken()) {
      long number = inputs.getAndIncrement();
      byte[] input = input(own, number);
      try {
        ownLargest.begin();
        units.addAndGet(own.take(input, ownKinds));
        ownLargest.end();
      } catch (RuntimeException | Error e) { // the edge: this is what is looked for
        broke(new Broken(number, input, e));
      }
    }
    synchronized (this) {
      kinds.add(ownKinds);
      largest.add(ownLargest);
    }
  }

  private byte[] input(FuzzTarget own, long number) {
    Random random = new Random(seed + number * STEP);
    List<byte[]> seeds = own.seeds();
    byte[] one = seeds.get(random.nextInt(seeds.size()));
    byte[] other = seeds.get(random.nextInt(seeds.size()));
    return own.mutation().mutate(one, other, random);
  }

  private synchronized void broke(Broken one) {
    broken.add(one);
  }

  private synchronized boolean hasBroken() {
    return !broken.isEmpty();
  }

  synchronized Optional<Broken> firstBroken() {
    return broken.stream().findFirst();
  }

  long units() {
    return units.get();
  }

  long inputs() {
    return inputs.get();
  }

  synchronized String report() {
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "%s: %,d inputs with %,d frames or messages, %d unhandled exceptions; one input took at"
                + " most %,d ms of a processor and %,d KiB%n",
            target,
            inputs(),
            units(),
            broken.size(),
            largest.millis(),
            largest.kibibytes()));
    kinds
        .counts()
        .forEach(
            (kind, count) -> out.append(String.format(Locale.ROOT, "  %,12d %s%n", count, kind)));
    return out.toString();
  }
}
