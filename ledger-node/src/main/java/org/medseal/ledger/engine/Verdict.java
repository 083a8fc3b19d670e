package org.medseal.ledger.engine;

/** A ledger rule's answer about one transaction. */
public record Verdict(Code code, String reason) {
  /**
   * Time-bound refusals are told apart: a record refused by time is sealed anew, never failed.
   * MALFORMED and BAD_SIGNATURE hold at every height: no honest node forwards such a transaction.
   */
  public enum Code {
    OK,
    ALREADY_COMMITTED,
    EXPIRED,
    STALE_EPOCH,
    TOO_LARGE,
    MALFORMED,
    BAD_SIGNATURE,
    NOT_ALLOWED,
    SALT_REUSED,
    FULL
  }

  private static final Verdict OK_VERDICT = new Verdict(Code.OK, "");

  public static Verdict ok() {
    return OK_VERDICT;
  }

  public static Verdict refused(Code code, String reason) {
    return new Verdict(code, reason);
  }

  /** False for what no honest node passes on, at whatever height it is. */
  public boolean isForwardable() {
    return code != Code.BAD_SIGNATURE && code != Code.MALFORMED;
  }

  public boolean isOk() {
    return code == Code.OK;
  }
}
