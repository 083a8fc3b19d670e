package org.medseal.connectors.message;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.medseal.ledger.journal.JournalException;

/**
 * Does one thing after another, each on a thread of its own, while the thread that made it is in
 * the middle of something. Not for several.
 */
final class Finisher<T> {
  private final Thread owner = Thread.currentThread();
  private final Iterator<T> next;
  private final List<T> begun = new ArrayList<>();
  private final List<Begun<T>> all = new ArrayList<>();

  private record Begun<T>(T each, FutureTask<Boolean> done) {}

  Finisher(List<T> things) {
    this.next = things.iterator();
  }

  /** Returns once the next is done, or waits for something that the owner holds. */
  void next(Consumer<T> action) {
    if (Thread.currentThread() != owner || !next.hasNext()) {
      return;
    }
    T each = next.next();
    FutureTask<Boolean> done = new FutureTask<>(() -> isDone(() -> action.accept(each)));
    begun.add(each);
    all.add(new Begun<>(each, done));
    Thread thread = new Thread(done, "finisher");
    thread.start();
    while (thread.isAlive() && !isHeld(thread.getState())) {
      Thread.onSpinWait();
    }
  }

  private static boolean isHeld(Thread.State state) {
    return state == Thread.State.BLOCKED || state == Thread.State.WAITING;
  }

  /** False if the disk ends before. */
  private static boolean isDone(Runnable action) {
    try {
      action.run();
      return true;
    } catch (JournalException e) {
      return false;
    }
  }

  /** Those that may be done. */
  List<T> begun() {
    return begun;
  }

  /** Those that are; waits for all that were begun. */
  List<T> done() {
    return all.stream().filter(each -> isTrue(each.done())).map(Begun::each).toList();
  }

  private static boolean isTrue(FutureTask<Boolean> task) {
    try {
      return task.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
