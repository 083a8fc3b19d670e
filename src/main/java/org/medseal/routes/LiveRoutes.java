package org.medseal.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.support.CamelContextHelper;
import org.medseal.connectors.httpaccess.RouteReach;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running instance that changes its routes when asked by a file in its home, so that nobody asks
 * but who may write there. Holds a lock as long as it lives: what asks knows whether anybody
 * answers.
 */
public final class LiveRoutes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);
  private static final String LOCK = "live.lock";
  private static final String REQUEST = "request";
  private static final String ANSWER = "answer";
  private static final String DONE = "done";
  private static final long LOOK_MS = 200;

  private final Generations generations;
  private final Supplier<CamelContext> context;
  private final RouteCheck check;
  private final FileChannel lock;
  private final ScheduledExecutorService thread;
  private final Noting noting;
  private RouteFiles running;

  /** Told of every change that was asked for, before it is answered. */
  public interface Noting {
    /** {@code who} is the system's user that asked. */
    void changed(String who, int generation, boolean done);
  }

  /**
   * What is changed.
   *
   * @param context with the {@link RouteReach} of its routes among its beans
   * @param files it was started with
   * @param check what others are held to: the settings of now may not be those they were kept with
   */
  public record Started(Supplier<CamelContext> context, RouteFiles files, RouteCheck check) {}

  private LiveRoutes(Generations generations, Started started, Noting noting, FileChannel lock) {
    this.generations = generations;
    this.context = started.context();
    this.check = started.check();
    this.running = started.files();
    this.noting = noting;
    this.lock = lock;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread made = new Thread(work, "route-changes");
              made.setDaemon(true);
              return made;
            });
  }

  /** Answers from now on. */
  public static LiveRoutes open(Generations generations, Started started, Noting noting) {
    try {
      Files.createDirectories(generations.folder());
      FileChannel channel = channel(generations);
      channel.lock();
      LiveRoutes live = new LiveRoutes(generations, started, noting, channel);
      Future<?> unused =
          live.thread.scheduleWithFixedDelay(live::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
      return live;
    } catch (IOException e) {
      throw new UncheckedIOException("routes cannot be changed while running", e);
    }
  }

  private static FileChannel channel(Generations generations) throws IOException {
    return FileChannel.open(
        generations.folder().resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private void look() {
    Path request = generations.folder().resolve(REQUEST);
    try {
      Optional<String> asked = Generations.text(request);
      if (asked.isEmpty()) {
        return;
      }
      Files.delete(request);
      String[] parts = asked.get().strip().split(" ", -1);
      int number = Integer.parseInt(parts[1]);
      String answer = change(number);
      noting.changed(parts.length > 2 ? parts[2] : "", number, answer.equals(DONE));
      Generations.replace(generations.folder().resolve(ANSWER), parts[0] + " " + answer);
    } catch (Exception e) { // the thread's edge: the next request may be a better one
      LOG.warn("a request to change routes failed ({})", e.getClass().getSimpleName());
    }
  }

  private String change(int number) {
    try {
      CheckedRoutes next = check.require(generations.read(number));
      CamelContext camel = context.get();
      CamelContextHelper.mandatoryFindSingleByType(camel, RouteReach.class)
          .change(next.reached(), () -> new RouteSwitch(camel).change(running, next.files()));
      running = next.files();
      generations.enforce(number);
      LOG.info("routes are those of generation {}", number);
      return DONE;
    } catch (RuntimeException e) {
      LOG.warn("generation {} of routes is not used ({})", number, e.getClass().getSimpleName());
      return String.valueOf(e.getMessage());
    }
  }

  /**
   * Puts a generation in force: in the running instance, if there is one, else for the next start.
   * RouteException NOT_STARTED with the instance's reason, after which the former one is in force.
   *
   * @return whether an instance runs
   */
  public static boolean enforce(Generations generations, int number, Duration patience) {
    if (!isRunning(generations)) {
      generations.enforce(number);
      return false;
    }
    String name = UUID.randomUUID().toString();
    Generations.replace(generations.folder().resolve(REQUEST), name + " " + number + " " + user());
    long until = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() - until < 0) {
      Optional<String> answer =
          Generations.text(generations.folder().resolve(ANSWER)).filter(a -> a.startsWith(name));
      if (answer.isPresent()) {
        String said = answer.get().substring(name.length()).strip();
        if (said.equals(DONE)) {
          return true;
        }
        throw new RouteException(RouteException.Reason.NOT_STARTED, said);
      }
      LockSupport.parkNanos(Duration.ofMillis(LOOK_MS).toNanos());
    }
    throw new RouteException(
        RouteException.Reason.NOT_STARTED, "the running instance did not answer in time");
  }

  /** Who asks: the system's user, as a word. */
  public static String user() {
    return System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
  }

  private static boolean isRunning(Generations generations) {
    if (!Files.exists(generations.folder().resolve(LOCK))) {
      return false;
    }
    try (FileChannel channel = channel(generations);
        FileLock taken = channel.tryLock()) {
      return taken == null;
    } catch (OverlappingFileLockException e) {
      return true; // by this very process
    } catch (IOException e) {
      throw new UncheckedIOException("cannot see whether an instance runs", e);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(1, TimeUnit.MINUTES);
      lock.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
