package org.medseal.bench.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.medseal.demo.MllpClient;
import org.medseal.demo.Poll;

/**
 * An hour's messages at 100 a second, through the whole pipeline as fast as that goes, and the live
 * heap after every tenth of them once nothing is on its way. Exit 1 when the second half grows by
 * more than the bound would allow an hour. Arguments: folder, messages.
 */
public final class Steady {
  private static final int HOUR = 360_000;
  private static final int PARTS = 10;
  private static final int HIGH_WATER = 2_000;
  private static final long MOST_BYTES_AN_HOUR = 64L << 20;
  private static final int CLASSES = 12;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
  private static final Duration FINISHED_WITHIN = Duration.ofMinutes(10);
  private static final Duration WHEN_FULL = Duration.ofMillis(20);

  private final OneHospital hospital;
  private final List<LiveHeap> samples = new ArrayList<>();
  private final AtomicLong numbers = new AtomicLong();

  private Steady(Path folder) throws IOException {
    hospital = OneHospital.found(folder, HIGH_WATER);
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path parent = Path.of(arguments.length > 0 ? arguments[0] : "bench/target").toAbsolutePath();
    int messages = arguments.length > 1 ? Integer.parseInt(arguments[1]) : HOUR;
    Files.createDirectories(parent);
    Path root = Files.createTempDirectory(parent, "steady-");
    System.exit(new Steady(root.resolve("hospital")).run(messages) ? 0 : 1);
  }

  private boolean run(int messages) throws IOException, InterruptedException {
    try (hospital) {
      hospital.start();
      sample(0);
      long start = System.nanoTime();
      for (int part = 1; part <= PARTS; part++) {
        send((long) messages * part / PARTS);
        Poll.until(
            "everything being committed",
            FINISHED_WITHIN,
            () -> Optional.of(hospital).filter(h -> h.onTheirWay() == 0));
        sample((long) messages * part / PARTS);
      }
      System.out.printf("%.0f s%n", (System.nanoTime() - start) / 1e9);
    }
    return judge(messages);
  }

  /** Until that many have been acknowledged; the inbox is full most of the time. */
  private void send(long upTo) throws IOException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(Senders.CONNECTIONS);
    try {
      List<Future<Long>> parts = new ArrayList<>();
      for (int i = 0; i < Senders.CONNECTIONS; i++) {
        parts.add(threads.submit(() -> connection(upTo)));
      }
      for (Future<Long> part : parts) {
        part.get();
      }
      numbers.set(upTo);
    } catch (ExecutionException e) {
      throw new IOException("a connection failed: " + e.getCause(), e);
    } finally {
      threads.shutdownNow();
    }
  }

  private long connection(long upTo) throws IOException {
    long sent = 0;
    try (MllpClient client = new MllpClient(hospital.mllpPort(), ANSWER_WITHIN)) {
      for (long n = numbers.incrementAndGet(); n <= upTo; n = numbers.incrementAndGet()) {
        byte[] message = LabResults.message("S", n);
        while (!client.send(message).equals("AA")) {
          LockSupport.parkNanos(WHEN_FULL.toNanos());
        }
        sent++;
      }
    }
    return sent;
  }

  private void sample(long messages) throws IOException {
    LiveHeap heap = LiveHeap.of(hospital.process().pid());
    samples.add(heap);
    System.out.printf(
        Locale.ROOT,
        "%,9d messages: %6.1f MiB live; inbox %d MiB, outbox %d MiB, ledger %d MiB, index %d MiB%n",
        messages,
        mebibytes(heap.bytes()),
        folder(hospital.home().inbox()) >> 20,
        folder(hospital.home().outbox()) >> 20,
        folder(hospital.home().root().resolve("ledger")) >> 20,
        folder(hospital.home().root().resolve("index")) >> 20);
  }

  private boolean judge(int messages) {
    LiveHeap middle = samples.get(PARTS / 2);
    LiveHeap last = samples.get(PARTS);
    long grown = last.bytes() - middle.bytes();
    double anHour = (double) grown * HOUR / (messages / 2.0);
    System.out.printf(
        Locale.ROOT,
        "the second half grew by %.1f MiB: %.0f bytes a message, %.1f MiB an hour at 100 a second"
            + " (bound %.0f)%n",
        mebibytes(grown),
        grown / (messages / 2.0),
        mebibytes((long) anHour),
        mebibytes(MOST_BYTES_AN_HOUR));
    last.grownSince(middle, CLASSES).forEach(each -> System.out.println("  " + each));
    return anHour <= MOST_BYTES_AN_HOUR;
  }

  private static double mebibytes(long bytes) {
    return bytes / (double) (1 << 20);
  }

  private static long folder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    long bytes = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        bytes += each.toFile().length(); // 0 for one deleted meanwhile
      }
    }
    return bytes;
  }
}
