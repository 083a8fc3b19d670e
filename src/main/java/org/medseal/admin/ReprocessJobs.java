package org.medseal.admin;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.medseal.connectors.reprocess.Reprocessing;
import org.medseal.connectors.reprocess.Selection;

/** Puts many messages back to work, one job at a time, however long it takes. Thread-safe. */
final class ReprocessJobs {
  private static final int REMEMBERED = 100;

  private final Reprocessing reprocessing;
  private final Map<String, Job> jobs = new LinkedHashMap<>();

  ReprocessJobs(Reprocessing reprocessing) {
    this.reprocessing = reprocessing;
  }

  /** How far a job is. */
  record Progress(String id, State state, int reprocessed) {}

  enum State {
    RUNNING,
    DONE,
    /** What was put back before stays so; the log has the cause. */
    FAILED
  }

  private static final class Job {
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile State state = State.RUNNING;
    private volatile int reprocessed;
  }

  /** 409 while another one runs. */
  Progress begin(Selection selection, Duration waitAtMost) {
    String id = UUID.randomUUID().toString();
    Job job = add(id);
    Thread thread = new Thread(() -> run(job, selection), "reprocess");
    thread.setDaemon(true);
    thread.start();
    try {
      job.over.await(waitAtMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return progress(id, job);
  }

  private synchronized Job add(String id) {
    if (jobs.values().stream().anyMatch(each -> each.state == State.RUNNING)) {
      throw new ProblemException(
          Problem.conflict("busy", "Messages are being put back; wait until that is done."));
    }
    Job job = new Job();
    jobs.put(id, job);
    if (jobs.size() > REMEMBERED) {
      jobs.remove(jobs.keySet().iterator().next());
    }
    return job;
  }

  private void run(Job job, Selection selection) {
    try {
      job.reprocessed = reprocessing.reprocess(selection, done -> job.reprocessed = done);
      job.state = State.DONE;
    } catch (RuntimeException | Error e) { // the thread's edge
      CallRunner.logged(e);
      job.state = State.FAILED;
    } finally {
      job.over.countDown();
    }
  }

  synchronized Optional<Progress> find(String id) {
    return Optional.ofNullable(jobs.get(id)).map(job -> progress(id, job));
  }

  private static Progress progress(String id, Job job) {
    State state = job.state;
    return new Progress(id, state, job.reprocessed);
  }
}
