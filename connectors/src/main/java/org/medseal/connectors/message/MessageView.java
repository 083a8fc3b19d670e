package org.medseal.connectors.message;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.QuarantineReason;

/**
 * What an operator may see of a message; nothing of its content.
 *
 * @param reason why it is quarantined
 * @param place path of what was wrong, kind of a non-record, or the ledger's rule that refused it
 * @param conflict another message of the feed came before under the same control id
 * @param putBack somebody had it processed again
 */
public record MessageView(
    String id,
    String feed,
    Format format,
    MessageState state,
    Instant receivedAt,
    Optional<QuarantineReason> reason,
    Optional<String> place,
    List<MessageRecord> records,
    boolean conflict,
    boolean putBack) {
  public MessageView {
    records = List.copyOf(records);
  }
}
