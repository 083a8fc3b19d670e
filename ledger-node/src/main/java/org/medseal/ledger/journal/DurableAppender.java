package org.medseal.ledger.journal;

/**
 * Appends that are on disk when the call returns. Callers that arrive while a sync runs share the
 * next one. From any thread.
 */
public final class DurableAppender implements AutoCloseable {
  private final Journal journal;

  public DurableAppender(Journal journal) {
    this.journal = journal;
  }

  /** The frame's position; JournalException if it could not be made durable. */
  public long append(int type, byte[] payload) {
    long position = journal.append(type, payload);
    journal.syncThrough(position);
    return position;
  }

  /** Closes the journal too. */
  @Override
  public void close() {
    journal.close();
  }
}
