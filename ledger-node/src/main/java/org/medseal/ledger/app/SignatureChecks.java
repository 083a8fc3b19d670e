package org.medseal.ledger.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Verifies signatures and proofs, each once: what held is remembered, in a bounded number of
 * entries; what did not is tested again. From any thread.
 */
public final class SignatureChecks implements AutoCloseable {
  private final ExecutorService pool;
  private final Recent<SignatureClaim.Key, Boolean> held;
  private final AtomicLong verified = new AtomicLong();

  /**
   * Threads start with the first block.
   *
   * @param threads that verify the signatures of a block side by side
   * @param remembered results kept; the longest unused goes first
   */
  public SignatureChecks(int threads, int remembered) {
    if (threads < 1) {
      throw new IllegalArgumentException("signature checks need a thread");
    }
    AtomicInteger number = new AtomicInteger();
    this.pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "ledger-verify-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    this.held = new Recent<>(remembered);
  }

  /** One thread a processor, up to eight; 100,000 results. */
  public static SignatureChecks standard() {
    return new SignatureChecks(
        Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors())), 100_000);
  }

  /** Verifications done, not counting those remembered. */
  public long verified() {
    return verified.get();
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }

  /** Tests in the calling thread. */
  boolean holds(List<SignatureClaim> claims) {
    return broken(claims).isEmpty();
  }

  /** The first that does not hold; tests in the calling thread. */
  Optional<SignatureClaim> broken(List<SignatureClaim> claims) {
    return claims.stream().filter(claim -> !holds(claim)).findFirst();
  }

  /** Tests side by side; the answer for each claim, in order. */
  List<Boolean> test(List<SignatureClaim> claims) {
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (SignatureClaim claim : claims) {
      tasks.add(() -> holds(claim));
    }
    try {
      List<Boolean> answers = new ArrayList<>();
      for (Future<Boolean> answer : pool.invokeAll(tasks)) {
        answers.add(answer.get());
      }
      return answers;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AppException(AppException.Reason.INTERRUPTED, "verification was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a verification failed to answer", e.getCause());
    }
  }

  private boolean holds(SignatureClaim claim) {
    if (held.find(claim.key()).isPresent()) {
      return true;
    }
    verified.incrementAndGet();
    boolean holds = claim.test().getAsBoolean();
    if (holds) {
      held.keep(claim.key(), Boolean.TRUE);
    }
    return holds;
  }
}
