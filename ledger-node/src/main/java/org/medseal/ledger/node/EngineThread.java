package org.medseal.ledger.node;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.medseal.ledger.engine.embedded.TimerId;
import org.medseal.ledger.node.NodeException.Reason;

/**
 * The one thread that calls the engine, with its timers. What waits is bounded by those who put it
 * there: peers by their budget, callers by waiting for the answer or by the mempool, timers by one
 * of a kind. The first exception ends it.
 */
final class EngineThread {
  /** How often a waiting caller looks whether the thread still runs. */
  private static final long LOOK_MS = 200;

  private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final Map<TimerId.Kind, Due> timers = new EnumMap<>(TimerId.Kind.class); // own thread
  private final Consumer<TimerId> onTimer;
  private final Consumer<Throwable> onFailure;
  private final Thread thread;
  private volatile boolean started;
  private volatile boolean stopped;
  private volatile Optional<Throwable> failure = Optional.empty();

  private record Due(TimerId id, long atMs) {}

  /**
   * @param onFailure called on this thread, once, before it ends
   */
  EngineThread(String name, Consumer<TimerId> onTimer, Consumer<Throwable> onFailure) {
    this.onTimer = onTimer;
    this.onFailure = onFailure;
    this.thread = new Thread(this::run, name);
    this.thread.setDaemon(true);
  }

  static long monotonicMs() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  void start() {
    started = true;
    thread.start();
  }

  /** Replaces the timer of its kind; on this thread. */
  void startTimer(TimerId id, long delayMs) {
    timers.put(id.kind(), new Due(id, monotonicMs() + delayMs));
  }

  /** False when the thread has ended: the task will never run. */
  boolean execute(Runnable task) {
    return !stopped && tasks.add(task);
  }

  /** Ends this thread as an error of its own would; from any thread of the node. */
  void fail(Error cause) {
    execute(
        () -> {
          throw cause;
        });
  }

  /** The answer of a task run on this thread; empty if it takes longer than that. */
  <T> Optional<T> call(Callable<T> task, long timeoutMs) {
    requireRunning();
    return await(queue(task), timeoutMs);
  }

  /** Runs the task when its turn comes; before {@link #start} too, then ahead of what follows. */
  <T> CompletableFuture<T> queue(Callable<T> task) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    tasks.add(() -> answer.complete(run(task, answer)));
    return answer;
  }

  /** The answer of a queued task; empty if it takes longer than that. */
  <T> Optional<T> await(CompletableFuture<T> answer, long timeoutMs) {
    long start = monotonicMs();
    try {
      while (monotonicMs() - start < timeoutMs) {
        Optional<T> now = look(answer);
        if (now.isPresent()) {
          return now;
        }
        requireRunning();
      }
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NodeException(Reason.INTERRUPTED, "interrupted while waiting for the ledger", e);
    } catch (ExecutionException e) {
      throw failed(e.getCause());
    }
  }

  private static <T> Optional<T> look(CompletableFuture<T> answer)
      throws InterruptedException, ExecutionException {
    try {
      return Optional.of(answer.get(LOOK_MS, TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    }
  }

  private static <T> T run(Callable<T> task, CompletableFuture<T> answer) {
    try {
      return task.call();
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
      throw e;
    } catch (Exception e) {
      answer.completeExceptionally(e);
      throw new IllegalStateException(e);
    }
  }

  Optional<Throwable> failure() {
    return failure;
  }

  void stop() {
    stopped = true;
    tasks.add(() -> {});
    if (Thread.currentThread() == thread) {
      return;
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!stopped) {
        step();
      }
    } catch (Throwable e) { // the thread's edge; an Error stops the node as well
      failure = Optional.of(e);
      stopped = true;
      onFailure.accept(e);
    }
  }

  private void step() throws InterruptedException {
    long nowMs = monotonicMs();
    Optional<Due> next = timers.values().stream().min(Comparator.comparingLong(Due::atMs));
    if (next.isPresent() && next.get().atMs() <= nowMs) {
      timers.remove(next.get().id().kind());
      onTimer.accept(next.get().id());
    }
    long waitMs = next.map(due -> Math.max(0, due.atMs() - nowMs)).orElse(1000L);
    Runnable task = tasks.poll(waitMs, TimeUnit.MILLISECONDS);
    if (task != null) {
      task.run();
    }
  }

  void requireRunning() {
    if (failure.isPresent()) {
      throw failed(failure.get());
    }
    if (stopped || !started) {
      throw notRunning();
    }
  }

  private static NodeException failed(Throwable cause) {
    return new NodeException(Reason.FAILED, "the ledger has stopped: " + cause.getMessage(), cause);
  }

  private static NodeException notRunning() {
    return new NodeException(Reason.NOT_RUNNING, "the ledger node is not running");
  }
}
