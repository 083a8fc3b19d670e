package org.medseal.connectors.message;

/** Proof that a message is on disk: whoever holds one may acknowledge. */
public record Receipt(String id, Status status) {
  /** CONFLICT: stored, but its control id came before with other content. */
  public enum Status {
    NEW,
    DUPLICATE,
    CONFLICT
  }
}
