package org.medseal.bench.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * MLLP intake over eight connections with a durable append before each answer, beside a bare HAPI
 * listener that does one sync per group: messages a second and times of the answers, in turns, with
 * the pipeline at rest; then the same with the pipeline working. Each receiver has a JVM of its own
 * and runs a turn of each load before any counts: what is claimed is how it goes on, not how it
 * starts while it is being compiled. Exit 1 below 1,000 messages a second, or when the slowest
 * hundredth waits more than twice as long as HAPI's. Arguments: folder, seconds a turn, turns of
 * each.
 */
public final class IntakeRate {
  private static final int WANTED_PER_SECOND = 1_000;
  private static final double WANTED_RATIO = 2;
  private static final int HIGH_WATER = 2_000_000;
  private static final int CLOSED = 0;
  private static final List<Integer> LOADS = List.of(CLOSED, 500, 1_000);
  private static final double P99 = 0.99;
  private static final double P50 = 0.5;

  private enum Receiver {
    HAPI("HAPI listener"),
    ALONE("MedSeal, intake alone"),
    WORKING("MedSeal, pipeline working");

    private final String title;

    Receiver(String title) {
      this.title = title;
    }
  }

  /** All turns of one receiver under one load. */
  private static final class Sum {
    private final Latencies latencies = new Latencies();
    private double seconds;

    double perSecond() {
      return latencies.size() / seconds;
    }
  }

  private final Duration turn;
  private final int turns;
  private final Map<Receiver, Map<Integer, Sum>> sums = new EnumMap<>(Receiver.class);

  private IntakeRate(Duration turn, int turns) {
    this.turn = turn;
    this.turns = turns;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path parent = Path.of(arguments.length > 0 ? arguments[0] : "bench/target").toAbsolutePath();
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
    int turns = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 4;
    Files.createDirectories(parent);
    Path root = Files.createTempDirectory(parent, "intake-");
    IntakeRate run = new IntakeRate(Duration.ofSeconds(seconds), turns);
    run.beside(root);
    run.working(root);
    System.exit(run.report() ? 0 : 1);
  }

  private void beside(Path root) throws IOException, InterruptedException {
    try (HapiProcess hapi = HapiProcess.start(root.resolve("hapi"));
        OneHospital hospital = OneHospital.found(root.resolve("alone"), HIGH_WATER).resting()) {
      hospital.start();
      Senders toHapi = new Senders("H");
      Senders toHospital = new Senders("M");
      warmUp(toHapi, hapi.port());
      warmUp(toHospital, hospital.mllpPort());
      for (int i = 0; i < turns; i++) {
        for (int load : LOADS) {
          boolean first = i % 2 == 0;
          if (first) {
            add(Receiver.HAPI, load, toHapi.send(hapi.port(), turn, load));
          }
          add(Receiver.ALONE, load, toHospital.send(hospital.mllpPort(), turn, load));
          if (!first) {
            add(Receiver.HAPI, load, toHapi.send(hapi.port(), turn, load));
          }
        }
      }
    }
  }

  private void working(Path root) throws IOException, InterruptedException {
    try (OneHospital hospital = OneHospital.found(root.resolve("working"), HIGH_WATER)) {
      hospital.start();
      Senders senders = new Senders("W");
      warmUp(senders, hospital.mllpPort());
      long before = senders.sent() - hospital.onTheirWay();
      long start = System.nanoTime();
      for (int i = 0; i < turns; i++) {
        for (int load : LOADS) {
          add(Receiver.WORKING, load, senders.send(hospital.mllpPort(), turn, load));
        }
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      long waiting = hospital.onTheirWay();
      System.out.printf(
          Locale.ROOT,
          "while the working one took messages in, it committed %.0f a second; %d wait%n",
          (senders.sent() - waiting - before) / seconds,
          waiting);
    }
  }

  /** A turn of each load that does not count. */
  private void warmUp(Senders senders, int port) throws IOException, InterruptedException {
    for (int load : LOADS) {
      senders.send(port, turn, load);
    }
  }

  private void add(Receiver receiver, int load, Senders.Turn one) {
    Sum sum =
        sums.computeIfAbsent(receiver, r -> new TreeMap<>()).computeIfAbsent(load, l -> new Sum());
    sum.latencies.add(one.latencies());
    sum.seconds += one.seconds();
  }

  private boolean report() {
    boolean held = true;
    for (int load : LOADS) {
      System.out.println(load == CLOSED ? "as fast as it goes" : load + " messages a second");
      double hapi = sums.get(Receiver.HAPI).get(load).latencies.percentileMs(P99);
      for (Map.Entry<Receiver, Map<Integer, Sum>> each : sums.entrySet()) {
        Sum sum = each.getValue().get(load);
        double ratio = sum.latencies.percentileMs(P99) / hapi;
        System.out.printf(
            Locale.ROOT,
            "  %-26s %7.0f/s   p50 %7.2f ms   p99 %7.2f ms   p99 / HAPI's %5.2f%n",
            each.getKey().title,
            sum.perSecond(),
            sum.latencies.percentileMs(P50),
            sum.latencies.percentileMs(P99),
            ratio);
        boolean counts = each.getKey() == Receiver.ALONE;
        held &= !counts || ratio <= WANTED_RATIO;
        held &= !counts || load != CLOSED || sum.perSecond() >= WANTED_PER_SECOND;
      }
    }
    System.out.println(held ? "within the budget" : "ABOVE THE BUDGET");
    return held;
  }
}
