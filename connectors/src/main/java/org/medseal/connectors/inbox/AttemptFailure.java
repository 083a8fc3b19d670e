package org.medseal.connectors.inbox;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medseal.connectors.message.MayHeal;
import org.medseal.connectors.message.MessageException;
import org.medseal.ledger.api.NodeFailure;
import org.medseal.ledger.journal.JournalException;

/** What a failed attempt at a message means for the next one. */
final class AttemptFailure {
  private static final int MAX_CAUSES = 10;

  private AttemptFailure() {}

  /** Time, another worker or an operator may mend it: the message itself is not to blame. */
  static boolean mayHeal(Throwable failure) {
    return causes(failure)
        .anyMatch(
            e ->
                e instanceof MayHeal known
                    ? known.mayHeal()
                    : e instanceof JournalException || e instanceof NodeFailure);
  }

  /** The store is closed, or its disk has failed for good. */
  static boolean isEndOfStore(Throwable failure) {
    if (failure instanceof MessageException message) {
      return message.reason() == MessageException.Reason.CLOSED;
    }
    return failure instanceof JournalException journal
        && switch (journal.reason()) {
          case CLOSED, WRITE_FAILED, SYNC_FAILED -> true;
          default -> false;
        };
  }

  /** Classes only: an exception's message may name what no log may hold. */
  static String kinds(Throwable failure) {
    return causes(failure)
        .map(e -> e.getClass().getSimpleName())
        .collect(Collectors.joining(" by "));
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, e -> e != null, Throwable::getCause).limit(MAX_CAUSES);
  }
}
