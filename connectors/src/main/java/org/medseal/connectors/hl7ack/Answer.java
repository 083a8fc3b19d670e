package org.medseal.connectors.hl7ack;

/** What a sender is told: stored; not stored now, come back; never going to be read as it is. */
public enum Answer {
  ACCEPT('A'),
  ERROR('E'),
  REJECT('R');

  private final char letter;

  Answer(char letter) {
    this.letter = letter;
  }

  /** Second letter of AA, AE, AR, CA, CE and CR. */
  char letter() {
    return letter;
  }
}
