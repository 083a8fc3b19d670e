package org.medseal.users;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How often mails with a code go to one user and to one address, whoever asks for them: a mailbox
 * is not flooded, not even through several logins that name it. Durable; inside a change.
 */
final class MailPace {
  /** Between two mails. */
  static final Duration REST = Duration.ofMinutes(5);

  /** While the first of them holds. */
  static final int MOST_AT_ONCE = 3;

  static final int MANY_A_DAY = 10;

  /** Never for good: whoever knows a login could else keep its user from every mail. */
  static final Duration REST_AFTER_MANY = Duration.ofHours(1);

  private static final Duration DAY = Duration.ofDays(1);

  private final PeopleDatabase database;
  private final Clock clock;

  MailPace(PeopleDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Whether one may go now; it counts as sent then. */
  boolean take(User user) throws SQLException {
    long nowMs = clock.millis();
    database.execute("DELETE FROM mails WHERE sent_ms <= ?", nowMs - DAY.toMillis());
    List<String> recipients = recipients(user);
    for (String each : recipients) {
      if (!mayGo(each, nowMs)) {
        return false;
      }
    }
    for (String each : recipients) {
      database.execute("INSERT INTO mails (recipient, sent_ms) VALUES (?, ?)", each, nowMs);
    }
    return true;
  }

  private static List<String> recipients(User user) {
    List<String> recipients = new ArrayList<>(List.of("user:" + user.id()));
    String email = user.profile().email();
    if (!email.isEmpty()) {
      recipients.add("to:" + email.toLowerCase(Locale.ROOT));
    }
    return recipients;
  }

  private boolean mayGo(String recipient, long nowMs) {
    List<Long> sent =
        database.query(
            "SELECT sent_ms FROM mails WHERE recipient = ?", row -> row.getLong(1), recipient);
    Duration rest = sent.size() < MANY_A_DAY ? REST : REST_AFTER_MANY;
    return within(sent, nowMs - rest.toMillis()) == 0
        && within(sent, nowMs - Recoveries.MAILED_LASTS.toMillis()) < MOST_AT_ONCE;
  }

  private static long within(List<Long> sent, long sinceMs) {
    return sent.stream().filter(each -> each > sinceMs).count();
  }
}
