package org.medseal.ledger.sim;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Runs seeds, replays one scenario, or shrinks one; see docs/simulation.md. */
public final class SimulationMain {
  private static final int MOST_SHOWN = 5;
  private static final int TOLD_EVERY = 500;
  private static final String CAUGHT = "CAUGHT ";

  private final long first;
  private final long last;
  private final Sightings all = new Sightings();
  private final AtomicLong next;
  private final long startNs = System.nanoTime();
  private long done;
  private long failed;

  private SimulationMain(long first, long last) {
    this.first = first;
    this.last = last;
    this.next = new AtomicLong(first);
  }

  public static void main(String[] arguments) throws InterruptedException {
    String command = arguments.length == 0 ? "" : arguments[0];
    int status =
        switch (command) {
          case "run" -> run(arguments);
          case "hunt" -> hunt(arguments);
          case "replay" -> replay(scenario(arguments[1]));
          case "shrink" -> shrink(scenario(arguments[1]));
          default -> {
            System.err.println(
                "run FIRST COUNT WORKERS | hunt FIRST COUNT | replay SEED|SCENARIO | shrink …");
            yield 2;
          }
        };
    System.exit(status);
  }

  private static Scenario scenario(String text) {
    return text.contains("=") ? Scenario.parse(text) : Scenario.ofSeed(Long.parseLong(text));
  }

  private static int run(String[] arguments) throws InterruptedException {
    long first = Long.parseLong(arguments[1]);
    long count = Long.parseLong(arguments[2]);
    SimulationMain main = new SimulationMain(first, first + count - 1);
    return main.runAll(arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1);
  }

  private static int hunt(String[] arguments) {
    List<String> said = report(new String[] {arguments[1], arguments[2]});
    said.forEach(System.out::println);
    return said.get(0).startsWith(CAUGHT) ? 1 : 0;
  }

  /** Arguments: first seed and how many; up to the first that fails. */
  public static List<String> report(String[] arguments) {
    long first = Long.parseLong(arguments[0]);
    long count = Long.parseLong(arguments[1]);
    for (long seed = first; seed < first + count; seed++) {
      Optional<Throwable> failure = failure(new Simulation(Scenario.ofSeed(seed)));
      if (failure.isPresent()) {
        return List.of(CAUGHT + "seed " + seed + " " + failure.get().getMessage());
      }
    }
    return List.of("nothing in " + count + " seeds");
  }

  private int runAll(int workers) throws InterruptedException {
    Thread[] threads = new Thread[workers];
    for (int i = 0; i < workers; i++) {
      threads[i] = new Thread(this::work, "seeds-" + i);
      threads[i].start();
    }
    for (Thread each : threads) {
      each.join();
    }
    System.out.printf("with %d workers: %s%s", workers, summary(), all);
    return failed == 0 ? 0 : 1;
  }

  private String summary() {
    double seconds = (System.nanoTime() - startNs) / 1e9;
    return String.format(
        "%,d seeds from %d on: %d failed; %.0f s, %.1f seeds/s, %.1f per second of processor time%n",
        done, first, failed, seconds, done / seconds, done / processorSeconds());
  }

  private static double processorSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  private void work() {
    for (long seed = next.getAndIncrement(); seed <= last; seed = next.getAndIncrement()) {
      Scenario scenario = Scenario.ofSeed(seed);
      Simulation simulation = new Simulation(scenario);
      Optional<Throwable> failure = failure(simulation);
      synchronized (all) {
        all.add(simulation.sightings(), true);
        if (++done % TOLD_EVERY == 0) {
          System.out.print(summary());
        }
        if (failure.isPresent() && ++failed <= MOST_SHOWN) {
          System.out.println("FAILED " + scenario + "\n  " + failure.get());
        }
      }
    }
  }

  private static Optional<Throwable> failure(Simulation simulation) {
    try {
      simulation.run();
      return Optional.empty();
    } catch (RuntimeException | AssertionError e) {
      return Optional.of(e);
    }
  }

  private static int replay(Scenario scenario) {
    System.out.println(scenario);
    Simulation simulation = new Simulation(scenario, new Trace(Optional.of(System.out::println)));
    Optional<Throwable> failure = failure(simulation);
    System.out.print(simulation.sightings());
    failure.ifPresent(each -> each.printStackTrace(System.out));
    return failure.isPresent() ? 1 : 0;
  }

  private static int shrink(Scenario scenario) {
    Optional<Throwable> failure = failure(new Simulation(scenario));
    if (failure.isEmpty()) {
      System.out.println("does not fail: " + scenario);
      return 0;
    }
    Scenario least =
        new Shrinker(each -> failure(new Simulation(each)).isPresent(), System.out::println)
            .shrink(scenario);
    System.out.println("smallest: " + least);
    failure(new Simulation(least)).ifPresent(each -> System.out.println("  " + each));
    return 1;
  }
}
