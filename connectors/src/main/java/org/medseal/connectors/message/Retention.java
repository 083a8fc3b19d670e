package org.medseal.connectors.message;

import java.time.Duration;

/**
 * Gives back what the two journals need no longer. A journal is cleaned from its front: what is
 * still needed of the oldest file is appended again and synced, then the file is deleted. A crash
 * at any point leaves a message once or twice, never less.
 */
final class Retention {
  private final StoreState state;
  private final InboxSweep inbox;
  private final OutboxSweep outbox;

  Retention(StoreState state, Receiving receiving) {
    this.state = state;
    this.inbox = new InboxSweep(state, receiving);
    this.outbox = new OutboxSweep(state);
  }

  /** {@link MessageStore#sweep}. */
  synchronized Swept sweep(Duration contentKept) {
    long before = bytes();
    long contents = inbox.run(contentKept);
    outbox.run();
    return new Swept(contents, before - bytes());
  }

  private long bytes() {
    return state.inbox().endPosition()
        - state.inbox().firstPosition()
        + state.outbox().endPosition()
        - state.outbox().firstPosition();
  }

  /** At least half of what there is would go, and it is more than a file. */
  static boolean isHalfGarbage(long bytes, long neededBytes, StoreState state) {
    return bytes > state.fileBytes() && neededBytes <= bytes / 2;
  }
}
