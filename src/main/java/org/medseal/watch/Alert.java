package org.medseal.watch;

import java.time.Instant;

/**
 * Something that hospital IT should look at, for as long as it lasts.
 *
 * @param subject feed, or what the kind is about; never anything of a patient
 * @param sentence what is the matter, with numbers
 */
public record Alert(Kind kind, String subject, Instant since, String sentence) {
  /** What it is about; the code stands in metrics. */
  public enum Kind {
    /** No message for longer than medseal.feed.NAME.silentMinutes. */
    FEED_SILENT("feed_silent"),
    /** The feed's route does not run though nobody paused it. */
    FEED_FAILED("feed_failed"),
    /** More of a feed's messages than usual are kept back. */
    QUARANTINE_RATE("quarantine_rate"),
    /** As many messages wait as may: feeds are asked to wait. */
    INBOX_FULL("inbox_full"),
    DISK_LOW("disk_low"),
    /** The ledger node takes no part in deciding. */
    LEDGER_OUT("ledger_out"),
    /** The audit trail is not what its anchors on the ledger say. */
    AUDIT_TRAIL("audit_trail");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }
}
