package org.medseal.connectors.reprocess;

import java.util.Objects;
import java.util.Optional;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.message.MessageState;
import org.medseal.connectors.message.MessageView;

/**
 * Some of the messages that can be reprocessed; what is left out does not narrow.
 *
 * @param state QUARANTINED or FAILED
 * @param reason of quarantined ones
 * @param feed by name
 */
public record Selection(
    MessageState state, Optional<QuarantineReason> reason, Optional<String> feed) {
  public Selection {
    Objects.requireNonNull(state);
    if (state != MessageState.QUARANTINED && state != MessageState.FAILED) {
      throw new IllegalArgumentException("only QUARANTINED and FAILED messages are reprocessed");
    }
  }

  boolean takes(MessageView message) {
    return message.state() == state
        && (reason.isEmpty() || message.reason().equals(reason))
        && feed.filter(name -> !name.equals(message.feed())).isEmpty();
  }
}
