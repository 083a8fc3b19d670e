package org.medseal.bench.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Mutates real and generated messages and gives them to what reads a feed: prints how many inputs
 * there were, what became of them and the largest one input took. Exit 1 when a reader threw or
 * took too much; the input is then kept in a file. Arguments: target or {@code all}, frames or
 * messages per target, seed, threads; from the project's folder.
 */
public final class IntakeFuzz {
  private static final long DEFAULT_UNITS = 100_000;

  private IntakeFuzz() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    String target = arguments.length > 0 ? arguments[0] : "all";
    long wanted = arguments.length > 1 ? Long.parseLong(arguments[1]) : DEFAULT_UNITS;
    long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1;
    int threads = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 2;
    boolean held = true;
    for (String each : target.equals("all") ? FuzzTargets.NAMES : List.of(target)) {
      long start = System.nanoTime();
      Campaign campaign = new Campaign(each, wanted, seed).run(threads);
      System.out.print(campaign.report());
      System.out.printf("  in %d s%n", (System.nanoTime() - start) / 1_000_000_000);
      if (campaign.firstBroken().isPresent()) {
        tell(each, campaign.firstBroken().get());
        held = false;
      }
    }
    System.exit(held ? 0 : 1);
  }

  private static void tell(String target, Campaign.Broken broken) throws IOException {
    Path kept = Files.createTempFile("fuzz-" + target + "-", ".bin");
    Files.write(kept, broken.input());
    System.out.printf("input %d breaks it, see %s%n", broken.number(), kept);
    broken.failure().printStackTrace(System.out);
  }
}
