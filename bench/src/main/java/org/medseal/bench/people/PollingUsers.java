package org.medseal.bench.people;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.medseal.client.AdminClient;

/**
 * Signed-in users polling the list of their requests, every few seconds each as an open page does,
 * against one hospital in a process of its own; each has asked for a record. Prints how long an
 * answer takes and how many failed; exit 1 when one did.
 */
public final class PollingUsers {
  private static final int CALLERS = 16;
  private static final Duration EVERY = Duration.ofSeconds(5);

  private PollingUsers() {}

  /** Folder, users (500), seconds (60). */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length < 1 || args.length > 3) {
      System.err.println("usage: PollingUsers FOLDER [USERS [SECONDS]]");
      System.exit(2);
    }
    int users = args.length > 1 ? Integer.parseInt(args[1]) : 500;
    int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 60;
    Path folder = Files.createTempDirectory(Path.of(args[0]).toAbsolutePath(), "polling");
    long failed;
    try (StaffedHospital hospital = StaffedHospital.start(folder, users)) {
      String record = hospital.record();
      List<AdminClient> signedIn = signIn(hospital, users, record);
      failed = poll(signedIn, Duration.ofSeconds(seconds));
    }
    System.exit(failed == 0 ? 0 : 1);
  }

  /** All of them, each with a request of its own. */
  private static List<AdminClient> signIn(StaffedHospital hospital, int users, String record)
      throws InterruptedException {
    List<Callable<AdminClient>> work = new ArrayList<>();
    for (int i = 0; i < users; i++) {
      int number = i;
      work.add(() -> hospital.askingUser(number, record));
    }
    long begin = System.nanoTime();
    List<AdminClient> signedIn = all(work, 4);
    System.out.printf(
        Locale.ROOT,
        "%d users signed in, each with a request, in %.0f s%n",
        users,
        (System.nanoTime() - begin) / 1e9);
    return signedIn;
  }

  /** How many answers were none. */
  private static long poll(List<AdminClient> users, Duration within) throws InterruptedException {
    long begin = System.nanoTime();
    long end = begin + within.toNanos();
    List<Callable<Turns>> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      List<AdminClient> own = new ArrayList<>();
      for (int j = i; j < users.size(); j += CALLERS) {
        own.add(users.get(j));
      }
      callers.add(new Turns(own, begin + i * EVERY.toNanos() / CALLERS / 8, EVERY, end));
    }
    Turns whole = new Turns(List.of(), begin, EVERY, end);
    all(callers, CALLERS).forEach(whole::add);
    System.out.println(whole.told(users.size(), (System.nanoTime() - begin) / 1e9));
    return whole.failed();
  }

  private static <T> List<T> all(List<Callable<T>> work, int threads) throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<T> done = new ArrayList<>();
      for (Future<T> each : pool.invokeAll(work)) {
        done.add(each.get());
      }
      return done;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }
}
