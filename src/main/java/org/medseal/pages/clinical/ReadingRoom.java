package org.medseal.pages.clinical;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.medseal.ledger.api.BlobException;
import org.medseal.pages.CallReply;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.PageProblem;
import org.medseal.requests.RequestException;

/**
 * Bounds the memory that showing records takes: so many are read at a time, others wait a while.
 */
final class ReadingRoom {
  private static final int SEATS = 3;
  private static final long WAIT_SECONDS = 10;

  private final Semaphore seats = new Semaphore(SEATS, true);

  /** Reads a record and makes a page of it. */
  interface Work {
    PageAnswer done() throws IOException;
  }

  /** The page, or why there is none. */
  record Outcome(Optional<PageAnswer> answer, PageProblem problem) {
    static Outcome refused(int status, String name) {
      return new Outcome(Optional.empty(), new PageProblem(status, name, ""));
    }
  }

  Outcome read(Work work) {
    boolean seated = false;
    try {
      seated = seats.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS);
      return seated
          ? new Outcome(Optional.of(work.done()), new PageProblem(200, "", ""))
          : Outcome.refused(503, "reading-room-full");
    } catch (RequestException broken) {
      if (broken.reason() != RequestException.Reason.RECORD_NOT_AUTHENTIC) {
        throw broken;
      }
      return Outcome.refused(422, "record-not-authentic");
    } catch (BlobException unavailable) {
      return Outcome.refused(503, "record-unavailable");
    } catch (IOException broken) {
      return Outcome.refused(503, "record-unreadable");
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return Outcome.refused(503, "reading-room-full");
    } finally {
      if (seated) {
        seats.release();
      }
    }
  }

  /** Closes what nobody will read. */
  static void release(CallReply reply) {
    try {
      if (reply.stream().isPresent()) {
        reply.stream().get().close();
      }
    } catch (IOException nothingToRelease) {
      // It is given up either way.
    }
  }
}
