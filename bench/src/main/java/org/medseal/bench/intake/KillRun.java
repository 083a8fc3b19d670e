package org.medseal.bench.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.medseal.bench.Lasting;
import org.medseal.demo.Poll;

/**
 * kill -9 of a hospital's process every few seconds while eight MLLP connections, a FHIR client and
 * a pick-up folder send, each repeating what was not acknowledged. Afterwards every acknowledged
 * message must be there once and be committed once. Exit 1 otherwise. Arguments: folder, seconds of
 * killing, seed.
 */
public final class KillRun {
  private static final int LONGEST_LIFE_MS = 4_000;
  private static final int HIGH_WATER = 100_000;
  private static final Duration FINISHED_WITHIN = Duration.ofMinutes(10);

  private final OneHospital hospital;
  private final Random random;
  private final Story story = new Story();
  private int kills;

  KillRun(Path folder, long seed) throws IOException {
    this.hospital = OneHospital.found(folder, HIGH_WATER);
    this.random = new Random(seed);
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path parent = Path.of(arguments.length > 0 ? arguments[0] : "bench/target").toAbsolutePath();
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 120;
    long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1;
    Files.createDirectories(parent);
    Path root = Files.createTempDirectory(parent, "kills-");
    KillRun run = new KillRun(root.resolve("hospital"), seed);
    List<String> violations = run.run(Duration.ofSeconds(seconds));
    violations.stream().limit(20).forEach(each -> System.out.println("VIOLATION " + each));
    System.out.println(violations.isEmpty() ? "nothing lost, nothing twice" : "NOT CLEAN");
    System.exit(violations.isEmpty() ? 0 : 1);
  }

  /** What did not hold. */
  List<String> run(Duration killing) throws InterruptedException {
    try (hospital) {
      hospital.start();
      Persistent sources = new Persistent(hospital, story);
      sources.start(Senders.CONNECTIONS);
      long end = System.nanoTime() + killing.toNanos();
      while (System.nanoTime() < end) {
        Lasting.millis(random.nextInt(LONGEST_LIFE_MS)).pass();
        hospital.process().kill();
        kills++;
        hospital.start();
      }
      sources.end();
      Poll.until(
          "everything being committed",
          FINISHED_WITHIN,
          () -> Optional.of(hospital).filter(h -> h.onTheirWay() == 0));
    }
    System.out.printf(
        Locale.ROOT,
        "%d kills; acknowledged %d over MLLP, %d by FHIR push, %d from files; %d sent again%n",
        kills,
        story.acknowledged(Story.Way.MLLP).size(),
        story.acknowledged(Story.Way.FHIR).size(),
        story.acknowledged(Story.Way.FOLDER).size(),
        story.resent());
    Inspection inspection = Inspection.of(hospital.home(), story);
    System.out.println(inspection.summary());
    return inspection.violations();
  }

  int kills() {
    return kills;
  }

  Story story() {
    return story;
  }
}
