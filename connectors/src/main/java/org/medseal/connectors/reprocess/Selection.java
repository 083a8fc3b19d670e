package org.medseal.connectors.reprocess;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.message.MessageState;
import org.medseal.connectors.message.MessageView;

/**
 * Some of the messages that can be reprocessed; what is left out does not narrow.
 *
 * @param state QUARANTINED or FAILED; both if empty
 * @param reason of quarantined ones
 * @param feed by name
 * @param since received then or later
 * @param until received before
 */
public record Selection(
    Optional<MessageState> state,
    Optional<QuarantineReason> reason,
    Optional<String> feed,
    Optional<Instant> since,
    Optional<Instant> until) {
  private static final Set<MessageState> KEPT_BACK =
      Set.of(MessageState.QUARANTINED, MessageState.FAILED);

  public Selection {
    if (!state.map(KEPT_BACK::contains).orElse(true)) {
      throw new IllegalArgumentException("only QUARANTINED and FAILED messages are reprocessed");
    }
  }

  /** Whenever they were received. */
  public Selection(MessageState state, Optional<QuarantineReason> reason, Optional<String> feed) {
    this(Optional.of(state), reason, feed, Optional.empty(), Optional.empty());
  }

  boolean takes(MessageView message) {
    return state
            .map(wanted -> wanted == message.state())
            .orElse(KEPT_BACK.contains(message.state()))
        && (reason.isEmpty() || message.reason().equals(reason))
        && feed.filter(name -> !name.equals(message.feed())).isEmpty()
        && since.filter(message.receivedAt()::isBefore).isEmpty()
        && until.filter(end -> !message.receivedAt().isBefore(end)).isEmpty();
  }
}
