package org.medseal.connectors.message;

/**
 * Why an operator lets go of a message that was kept back; a list, so that no name gets into it.
 */
public enum DiscardReason {
  TEST("It was sent to try something out and is about no real patient."),
  SENT_CORRECTED("The source has sent it again, corrected."),
  NOT_FOR_SHARING("It is not to be shared with the consortium."),
  DAMAGED("It is damaged beyond use, and the source cannot send it again.");

  private final String sentence;

  DiscardReason(String sentence) {
    this.sentence = sentence;
  }

  public String sentence() {
    return sentence;
  }
}
