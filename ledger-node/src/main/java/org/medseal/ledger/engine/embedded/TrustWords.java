package org.medseal.ledger.engine.embedded;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.medseal.ledger.engine.TrustedBlock;

/** The sentences in which a node says why it believes no validator. */
final class TrustWords {
  private TrustWords() {}

  /** The newest block is too old, by a clock that may be wrong. */
  static String old(ChainState state, long trustMs, long nowMs) {
    return "the newest block here is older than the trust period of "
        + period(trustMs)
        + ", or the clock here is wrong: it says "
        + minute(nowMs)
        + "; this node decides nothing, and blocks are taken from peers only with a"
        + " checkpoint above height "
        + state.height()
        + " (medseal.ledger.checkpoint), asked of another institution by telephone; if"
        + " nobody has a newer block, every institution sets "
        + newest(state)
        + " with the day on which they agreed so";
  }

  /** A day is set, and this is why it does not help. */
  static String uselessDay(TrustedBlock given, String why) {
    LocalDate day = given.newestOn().orElseThrow();
    return "; the day that is set, " + day + ", does not count: it " + why;
  }

  static String clockBehind(ChainState state, long nowMs) {
    return "the clock of this node is behind: it says "
        + minute(nowMs)
        + ", the newest block here is of "
        + minute(state.timeMs())
        + "; this node decides nothing before its clock is right";
  }

  /** To the minute: the same sentence is not told anew at each look. */
  private static Instant minute(long ms) {
    return Instant.ofEpochMilli(ms).truncatedTo(ChronoUnit.MINUTES);
  }

  private static String period(long ms) {
    Duration period = Duration.ofMillis(ms);
    if (period.toDays() >= 2) {
      return period.toDays() + " days";
    }
    return period.toHours() >= 2 ? period.toHours() + " hours" : period.toMinutes() + " minutes";
  }

  private static String newest(ChainState state) {
    return (state.height() == 0 ? "genesis" : state.height() + ":" + state.blockId().hex())
        + "@YYYY-MM-DD";
  }
}
