package org.medseal.ledger.sim;

import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Code that blocks, run in virtual time: on a thread of its own, but only while the simulation
 * waits for it, so that there is one order of events.
 */
final class Fiber {
  private final Semaphore turn = new Semaphore(0);
  private final Semaphore back = new Semaphore(0);
  private final Body body;
  private final Thread thread = new Thread(this::run, "fiber");
  private Optional<Throwable> failure = Optional.empty();
  private boolean ended;
  private boolean killed;

  /** What runs in it. */
  interface Body {
    void run() throws InterruptedException;
  }

  /** Unwinds what runs when its node is gone; no handler of exceptions holds it up. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  Fiber(Body body) {
    this.body = body;
    thread.setDaemon(true);
  }

  private void run() {
    turn.acquireUninterruptibly();
    try {
      body.run();
    } catch (Killed e) {
      failure = Optional.empty();
    } catch (InterruptedException | RuntimeException | Error e) { // given to who resumed it
      failure = Optional.of(e);
    }
    ended = true;
    back.release();
  }

  /** Goes on until it parks or ends; throws what it threw. Whether it has ended. */
  boolean resume() {
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    }
    turn.release();
    back.acquireUninterruptibly();
    Optional<Throwable> thrown = failure;
    failure = Optional.empty();
    if (thrown.isPresent() && thrown.get() instanceof Error error) {
      throw error;
    } else if (thrown.isPresent() && thrown.get() instanceof RuntimeException exception) {
      throw exception;
    } else if (thrown.isPresent()) {
      throw new IllegalStateException("interrupted in virtual time", thrown.get());
    }
    return ended;
  }

  /** In the body: until it is resumed. */
  void park() {
    if (!killed) {
      back.release();
      turn.acquireUninterruptibly();
    }
    if (killed) {
      throw new Killed();
    }
  }

  void kill() {
    if (!ended && thread.getState() != Thread.State.NEW) {
      killed = true;
      resume();
    }
  }
}
