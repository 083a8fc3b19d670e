package org.medseal.connectors.seal;

import java.util.List;
import java.util.Optional;
import org.medseal.connectors.message.MessageStore;
import org.medseal.connectors.message.OutboxRecord;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.api.LedgerView;

/**
 * Guards against committing a message twice: what was sealed of it before must be on the ledger, or
 * out of time with the own node having seen that time pass without it.
 */
final class EarlierSeals {
  private final Ledger ledger;
  private final MessageStore store;

  EarlierSeals(Ledger ledger, MessageStore store) {
    this.ledger = ledger;
    this.store = store;
  }

  /** SealException EARLIER_SEAL_LIVES while one of them may still be committed. */
  void requireSettled(String messageId) {
    List<OutboxRecord> live =
        store.records(messageId).stream().filter(OutboxRecord::isLive).toList();
    boolean over = false;
    for (OutboxRecord record : live) {
      LedgerView view = ledger.view(); // before the look-up: it then covers this height
      Optional<CommittedTransaction> found = ledger.find(record.txId());
      if (found.isPresent()) {
        store.committed(record.txId(), found.get().height(), found.get().index());
      } else if (isOver(record, view)) {
        over = true;
      } else {
        throw new SealException(
            SealException.Reason.EARLIER_SEAL_LIVES,
            "transaction " + record.txId() + " may be committed up to " + record.expiryHeight());
      }
    }
    if (over) {
      store.retired(messageId);
    }
  }

  /** Only the epoch before the current one still counts, so two on it is over for certain. */
  private static boolean isOver(OutboxRecord record, LedgerView view) {
    return view.height() >= record.expiryHeight() || view.epoch() >= record.epoch() + 2;
  }
}
