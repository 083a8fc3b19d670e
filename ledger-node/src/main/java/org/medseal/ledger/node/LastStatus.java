package org.medseal.ledger.node;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.medseal.ledger.engine.EngineStatus;
import org.medseal.ledger.engine.EngineStatus.Cause;
import org.medseal.ledger.engine.EngineStatus.Waiting;
import org.medseal.ledger.index.IndexException;
import org.medseal.ledger.journal.JournalException;
import org.medseal.ledger.store.StoreException;

/** What is said of an engine that does not answer. */
final class LastStatus {
  private static final String STOPPED = "STOPPED";

  private LastStatus() {}

  static EngineStatus busy(EngineStatus last, long waitedMs) {
    String reason = "the engine has been busy for more than " + waitedMs + " ms";
    return with(last, last.step(), waiting(last, Cause.BUSY, reason), last.peers());
  }

  /**
   * @param failure empty if it was closed, or never started
   */
  static EngineStatus stopped(EngineStatus last, Optional<Throwable> failure) {
    List<EngineStatus.Peer> peers =
        last.peers().stream()
            .map(
                each ->
                    new EngineStatus.Peer(
                        each.institution(),
                        false,
                        each.height(),
                        each.round(),
                        each.step(),
                        each.lastSeenMs(),
                        each.standing(),
                        each.refused()))
            .toList();
    String reason =
        failure
            .map(cause -> "the ledger node has stopped: " + describe(cause) + "; see the log")
            .orElse("the ledger node is not running");
    Cause cause = failure.map(LastStatus::cause).orElse(Cause.STOPPED);
    return with(last, STOPPED, waiting(last, cause, reason), peers);
  }

  private static Cause cause(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof JournalException
          || each instanceof StoreException
          || each instanceof IndexException
          || each instanceof IOException) {
        return Cause.DISK;
      }
    }
    return Cause.STOPPED;
  }

  private static Waiting waiting(EngineStatus last, Cause cause, String sentence) {
    return new Waiting(cause, sentence, last.waiting().quorum(), last.waiting().warnings());
  }

  /** Messages of foreign libraries may quote what they were given; ours never do. */
  private static String describe(Throwable cause) {
    boolean ours = cause.getClass().getName().startsWith("org.medseal.");
    return ours && cause.getMessage() != null
        ? cause.getMessage()
        : cause.getClass().getSimpleName();
  }

  private static EngineStatus with(
      EngineStatus last, String step, Waiting waiting, List<EngineStatus.Peer> peers) {
    return new EngineStatus(
        last.height(), last.blockId(), last.round(), step, waiting, last.pending(), peers);
  }
}
