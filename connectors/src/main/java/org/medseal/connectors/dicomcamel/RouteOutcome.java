package org.medseal.connectors.dicomcamel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.medseal.connectors.dicomnet.StoreStatus;
import org.medseal.connectors.inbox.InboxConstants;
import org.medseal.connectors.message.BackPressureException;
import org.medseal.connectors.message.MayHeal;
import org.medseal.connectors.message.Receipt;
import org.medseal.ledger.journal.JournalException;

/** What the sender of an object is answered, by what its route has left on the exchange. */
final class RouteOutcome {
  private static final int MAX_CAUSES = 10;

  private RouteOutcome() {}

  /** Without a receipt nothing was stored. */
  static StoreStatus of(Exchange exchange) {
    Throwable failure = exchange.getException();
    if (failure == null) {
      failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    }
    boolean stored = exchange.getProperty(InboxConstants.RECEIPT) instanceof Receipt;
    if (stored && exchange.getException() == null) {
      return StoreStatus.SUCCESS;
    }
    return failure != null && isForNow(failure)
        ? StoreStatus.OUT_OF_RESOURCES
        : StoreStatus.PROCESSING_FAILURE;
  }

  /** The inbox is full, or its disk cannot write: later it may. */
  private static boolean isForNow(Throwable failure) {
    return Stream.iterate(failure, e -> e != null, Throwable::getCause)
        .limit(MAX_CAUSES)
        .anyMatch(
            e ->
                e instanceof BackPressureException
                    || e instanceof JournalException
                    || e instanceof IOException
                    || e instanceof UncheckedIOException
                    || (e instanceof MayHeal known && known.mayHeal()));
  }
}
