package org.medseal.ledger.node;

import java.util.List;
import java.util.Optional;
import org.medseal.ledger.engine.EngineStatus;

/** What is said of an engine that does not answer. */
final class LastStatus {
  private static final String STOPPED = "STOPPED";

  private LastStatus() {}

  static EngineStatus busy(EngineStatus last, long waitedMs) {
    String reason = "the engine has been busy for more than " + waitedMs + " ms";
    return with(last, last.step(), reason, last.peers());
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
                        each.institution(), false, each.height(), each.lastSeenMs()))
            .toList();
    String reason =
        failure
            .map(cause -> "the ledger node has stopped: " + describe(cause) + "; see the log")
            .orElse("the ledger node is not running");
    return with(last, STOPPED, reason, peers);
  }

  /** Messages of foreign libraries may quote what they were given; ours never do. */
  private static String describe(Throwable cause) {
    boolean ours = cause.getClass().getName().startsWith("org.medseal.");
    return ours && cause.getMessage() != null
        ? cause.getMessage()
        : cause.getClass().getSimpleName();
  }

  private static EngineStatus with(
      EngineStatus last, String step, String waitingFor, List<EngineStatus.Peer> peers) {
    return new EngineStatus(
        last.height(), last.blockId(), last.round(), step, waitingFor, last.pending(), peers);
  }
}
