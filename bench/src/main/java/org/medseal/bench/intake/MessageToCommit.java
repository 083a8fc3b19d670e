package org.medseal.bench.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.medseal.bench.crypto.GroupCheck;
import org.medseal.connectors.deidentify.UnlistedAuthority;
import org.medseal.demo.DemoConsortium;
import org.medseal.demo.DemoHospital;
import org.medseal.demo.DemoOptions;
import org.medseal.demo.MllpClient;
import org.medseal.demo.Poll;

/**
 * From MLLP to the ledger at four hospitals, each a process of its own on this one machine: HL7
 * messages sent to all of them as fast as they are taken, until each hospital's own node has
 * committed all of its own. Committed a second, beside what the checks of the group signatures
 * alone (every node checks every transaction once) would allow on these cores; and the resident
 * memory of each hospital before the first message. Exit 1 below 0.7 of that, or above 350 MB.
 * Measured when it no longer gets faster: a hospital's program first spends its time on compiling
 * itself, which four of them on two cores do for minutes. Arguments: folder, messages a series
 * (4,000), most series (12).
 */
public final class MessageToCommit {
  private static final int HOSPITALS = 4;
  private static final int CONNECTIONS_EACH = 2;
  private static final double WANTED_SHARE = 0.7;
  private static final double FASTER = 1.05;
  private static final long MOST_IDLE_BYTES = 350_000_000;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
  private static final Duration WHEN_FULL = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final DemoConsortium consortium;

  private MessageToCommit(DemoConsortium consortium) {
    this.consortium = consortium;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path parent = Path.of(arguments.length > 0 ? arguments[0] : "bench/target").toAbsolutePath();
    int messages = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4_000;
    Files.createDirectories(parent);
    DemoOptions options =
        new DemoOptions(
            HOSPITALS,
            Files.createTempDirectory(parent, "commit-"),
            Optional.of(UnlistedAuthority.LOCAL),
            true);
    int mostSeries = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 12;
    boolean held;
    double perSecond;
    try (DemoConsortium consortium = DemoConsortium.foundAnywhere(options)) {
      consortium.start();
      MessageToCommit run = new MessageToCommit(consortium);
      held = run.idle();
      perSecond = run.settled(messages, mostSeries);
    }
    System.exit(judge(perSecond) && held ? 0 : 1);
  }

  private static boolean judge(double perSecond) {
    double checkMs = GroupCheck.measureMs();
    int cores = Runtime.getRuntime().availableProcessors();
    double allowed = cores * 1_000 / (checkMs * HOSPITALS);
    double share = perSecond / allowed;
    System.out.printf(
        Locale.ROOT,
        "committed %.0f messages a second; a group signature's check of %.2f ms on %d nodes and %d"
            + " cores allows %.0f: %.2f (budget %.1f)%n",
        perSecond,
        checkMs,
        HOSPITALS,
        cores,
        allowed,
        share,
        WANTED_SHARE);
    return share >= WANTED_SHARE;
  }

  /** Resident memory as the system counts it. */
  private boolean idle() throws IOException {
    boolean held = true;
    for (DemoHospital hospital : consortium.hospitals()) {
      long bytes = residentBytes(hospital.process().pid());
      System.out.printf(
          Locale.ROOT, "%s idle: %d MB resident%n", hospital.name(), bytes / 1_000_000);
      held &= bytes <= MOST_IDLE_BYTES;
    }
    return held;
  }

  private static long residentBytes(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return 1_024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("no resident size of process " + pid);
  }

  /** Of the fastest series, once two in a row have not been a twentieth faster than it. */
  private double settled(int messages, int mostSeries) throws InterruptedException, IOException {
    double best = 0;
    int slower = 0;
    for (int i = 1; i <= mostSeries && slower < 2; i++) {
      double rate = committed("S" + i, messages);
      slower = rate > FASTER * best ? 0 : slower + 1;
      best = Math.max(best, rate);
    }
    return best;
  }

  /** Messages a second from the first one sent to the last one committed; their CPU time told. */
  private double committed(String series, int messages) throws InterruptedException, IOException {
    Duration before = cpu();
    long start = System.nanoTime();
    int each = messages / HOSPITALS / CONNECTIONS_EACH;
    List<Callable<Integer>> senders = new ArrayList<>();
    for (DemoHospital hospital : consortium.hospitals()) {
      for (int i = 0; i < CONNECTIONS_EACH; i++) {
        int first = senders.size() * each;
        senders.add(() -> send(hospital.endpoints().mllp().port(), series, first, each));
      }
    }
    int sent = all(senders);
    for (DemoHospital hospital : consortium.hospitals()) {
      Poll.until(
          "everything being committed at " + hospital.name(),
          PATIENCE,
          () -> Optional.of(hospital).filter(h -> OneHospital.onTheirWay(h.nobody()) == 0));
    }
    double perSecond = sent / ((System.nanoTime() - start) / 1e9);
    System.out.printf(
        Locale.ROOT,
        "series %s: %.0f committed a second, %.1f ms of CPU each at all hospitals together%n",
        series,
        perSecond,
        cpu().minus(before).toNanos() / 1e6 / sent);
    return perSecond;
  }

  /** Of all hospitals' processes since they began, all their threads. */
  private Duration cpu() {
    return consortium.hospitals().stream()
        .map(h -> ProcessHandle.of(h.process().pid()).orElseThrow())
        .map(process -> process.info().totalCpuDuration().orElseThrow())
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static int all(List<Callable<Integer>> senders) throws InterruptedException, IOException {
    ExecutorService threads = Executors.newFixedThreadPool(senders.size());
    try {
      int sent = 0;
      for (Future<Integer> each : threads.invokeAll(senders)) {
        sent += each.get();
      }
      return sent;
    } catch (ExecutionException e) {
      throw new IOException("a connection failed: " + e.getCause(), e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static int send(int port, String series, int first, int count) throws IOException {
    try (MllpClient client = new MllpClient(port, ANSWER_WITHIN)) {
      for (int n = first; n < first + count; n++) {
        byte[] message = LabResults.message(series, n);
        while (!client.send(message).equals("AA")) {
          LockSupport.parkNanos(WHEN_FULL.toNanos());
        }
      }
    }
    return count;
  }
}
