package org.medseal.ledger.model;

/** The two votes; the code is its byte in the signed encoding. */
public enum VoteType {
  PREVOTE(1),
  PRECOMMIT(2);

  private final int code;

  VoteType(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
