package org.medseal.ledger.mutation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.medseal.ledger.mutation.Trials.Outcome;

/** Breaks each rule once and fails unless its tests go red; see docs/simulation.md. */
public final class MutationMain {
  private static final long HUNT_SECONDS = 600;
  private static final String HUNTS = "org.medseal.ledger.sim.SimulationMain";
  private static final String EXPLORES = "org.medseal.ledger.explorer.ExplorerMain";
  private static final String UNSEEN = "no";
  private static final int SHOWN = 60;

  private final List<Mutation> mutations;
  private final String seeds;
  private final Path scratch;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger hunted = new AtomicInteger();
  private final AtomicInteger unseen = new AtomicInteger();
  private final AtomicInteger byTime = new AtomicInteger();
  private final Trials trials;
  private final long startNs = System.nanoTime();
  private final List<String> green = new ArrayList<>();

  private MutationMain(List<Mutation> mutations, String seeds, Path scratch) {
    this.mutations = mutations;
    this.seeds = seeds;
    this.scratch = scratch;
    this.trials = new Trials(scratch);
  }

  /**
   * Arguments: seeds the simulator may try for each mutation (0: not asked), workers, and
   * optionally a part of the names of the mutations wanted.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    String wanted = arguments.length > 2 ? arguments[2] : "";
    List<Mutation> mutations =
        MutationFile.read(Path.of("ledger-node/mutations/mutations.txt")).stream()
            .filter(each -> each.name().contains(wanted))
            .toList();
    MutationMain main =
        new MutationMain(mutations, arguments[0], Files.createTempDirectory("medseal-mutations"));
    System.exit(main.run(Integer.parseInt(arguments[1])) ? 0 : 1);
  }

  private boolean run(int workers) throws IOException, InterruptedException {
    List<String> tests =
        mutations.stream().flatMap(each -> each.red().stream()).distinct().toList();
    try (Fork fork = new Fork()) {
      List<String> broken = trials.broken(fork, tests);
      if (!broken.isEmpty()) {
        System.out.println("red without any mutation: " + broken);
        return false;
      }
    }
    System.out.printf("%-66s %-6s %-60s %s%n", "mutation", "tests", "simulator alone", "explorer");
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      Thread thread = new Thread(this::work, "mutations-" + i);
      threads.add(thread);
      thread.start();
    }
    for (Thread each : threads) {
      each.join();
    }
    System.out.printf(
        "%d mutations, %d not caught, %d caught by a time limit alone;"
            + " %d asked of the simulator alone, %d not seen by it; %.0f s%n",
        mutations.size(),
        green.size(),
        byTime.get(),
        hunted.get(),
        unseen.get(),
        (System.nanoTime() - startNs) / 1e9);
    green.forEach(System.out::println);
    return green.isEmpty();
  }

  private void work() {
    try (Fork fork = new Fork()) {
      for (int i = next.getAndIncrement(); i < mutations.size(); i = next.getAndIncrement()) {
        try {
          test(fork, mutations.get(i), i);
        } catch (IOException | IllegalStateException e) {
          fail(mutations.get(i).name() + ": " + e.getMessage());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void test(Fork fork, Mutation mutation, int number)
      throws IOException, InterruptedException {
    Copy copy = new Copy(scratch.resolve(String.valueOf(number)));
    copy.make(mutation);
    EnumSet<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
    for (String each : mutation.red()) {
      Outcome outcome = trials.of(fork, copy.classes(), each);
      outcomes.add(outcome);
      if (outcome == Outcome.GREEN) {
        fail(mutation.name() + ": stays green: " + each);
      }
    }
    Outcome weakest = outcomes.iterator().next(); // in the order in which they are declared
    byTime.addAndGet(weakest == Outcome.LATE || weakest == Outcome.HANGS ? 1 : 0);
    String simulator = "";
    String explorer = "";
    if (mutation.simulated() && !seeds.equals("0")) {
      hunted.incrementAndGet();
      simulator = verdict(fork.run(copy.classes(), HUNTS, List.of("0", seeds), HUNT_SECONDS));
      unseen.addAndGet(simulator.equals(UNSEEN) ? 1 : 0);
      explorer = verdict(fork.run(copy.classes(), EXPLORES, List.of(), HUNT_SECONDS));
    }
    System.out.printf(
        "%-66s %-6s %-60s %s%n", mutation.name(), word(weakest), shortened(simulator), explorer);
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN);
  }

  private static String verdict(Fork.Said said) {
    String broken = said.after("BROKEN ");
    String caught = said.after("CAUGHT ");
    return said.timedOut()
        ? "hangs"
        : !broken.isEmpty() ? broken : caught.isEmpty() ? UNSEEN : caught;
  }

  private static String word(Outcome outcome) {
    return outcome == Outcome.GREEN ? "GREEN" : outcome.name().toLowerCase(Locale.ROOT);
  }

  private synchronized void fail(String what) {
    green.add(what);
  }
}
