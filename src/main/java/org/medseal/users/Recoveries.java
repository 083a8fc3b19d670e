package org.medseal.users;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.medseal.users.UserException.Reason;

/**
 * One-time codes that set a new password. They open no key store: what the old password had
 * unlocked stays shut until its holder gives that password once more. Thread-safe.
 */
public final class Recoveries {
  /** Of a code sent by mail. */
  public static final Duration MAILED_LASTS = Duration.ofMinutes(30);

  /** Of a code an administrator hands over. */
  public static final Duration ISSUED_LASTS = Duration.ofHours(24);

  private static final int MOST_FAILURES = 5;

  private final PeopleDatabase database;
  private final UserRows rows;
  private final SecondFactors factors;
  private final Clock clock;
  private final MailPace pace;
  private final SecureRandom random = new SecureRandom();

  Recoveries(PeopleDatabase database, UserRows rows, SecondFactors factors, Clock clock) {
    this.database = database;
    this.rows = rows;
    this.factors = factors;
    this.clock = clock;
    this.pace = new MailPace(database, clock);
  }

  /** Where a code came from; a user has one that was ISSUED at the most. */
  private enum Origin {
    MAILED,
    ISSUED
  }

  /**
   * A code as it is handed over, which is possible only here.
   *
   * @param code six groups of four characters
   */
  public record Issued(String code, Instant expiresAt) {
    @Override
    public String toString() {
      return "Issued[until " + expiresAt + "]";
    }
  }

  private record Row(String verifier, String userId, boolean removesSecondFactor, int failures) {}

  /**
   * By an administrator, instead of an earlier one; WRONG_STATE unless the user is active.
   *
   * @param removeSecondFactor for somebody who has lost the authenticator app, too
   */
  public Issued issue(String userId, boolean removeSecondFactor) {
    return database.change(
        () -> {
          if (rows.require(userId).state() != UserState.ACTIVE) {
            throw new UserException(
                Reason.WRONG_STATE, "Only an active user recovers; approve or enable first.");
          }
          return insert(userId, Origin.ISSUED, ISSUED_LASTS, removeSecondFactor);
        });
  }

  /**
   * For a mail; empty when the user is not active or got as many as may be. Those mailed before
   * hold on: whoever knows a login could else void them by asking again.
   */
  Optional<Issued> forMail(String userId) {
    return database.change(
        () -> {
          Optional<User> user = rows.find(userId).filter(each -> each.state() == UserState.ACTIVE);
          return user.isPresent() && pace.take(user.get())
              ? Optional.of(insert(userId, Origin.MAILED, MAILED_LASTS, false))
              : Optional.empty();
        });
  }

  private Issued insert(String userId, Origin origin, Duration lasts, boolean removeSecondFactor)
      throws SQLException {
    RecoveryCode code = RecoveryCode.random(random);
    Instant now = clock.instant();
    Instant expires = now.plus(lasts);
    database.execute("DELETE FROM recovery_codes WHERE expires_ms <= ?", now.toEpochMilli());
    if (origin == Origin.ISSUED) {
      forget(userId, origin);
    }
    database.execute(
        "INSERT INTO recovery_codes VALUES (?, ?, ?, ?, ?, 0, ?)",
        code.selector(),
        code.verifier(),
        userId,
        origin.name(),
        removeSecondFactor,
        expires.toEpochMilli());
    return new Issued(code.text(), expires);
  }

  /**
   * Uses the code up: the new password holds, the lock is off, all sessions and other codes are
   * gone, in one step. Empty when the code is wrong, used or expired or its user is not active;
   * something is written in any case.
   */
  Optional<User> use(String shown, String passwordHash) {
    Optional<RecoveryCode> code = RecoveryCode.parse(shown);
    return database.change(
        () -> {
          Optional<Row> row = code.isPresent() ? find(code.get()) : Optional.empty();
          String due = row.map(Row::verifier).orElse("");
          String given = code.map(RecoveryCode::verifier).orElse(" ");
          boolean right =
              MessageDigest.isEqual(
                  due.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
          Optional<User> user = row.flatMap(each -> rows.find(each.userId()));
          if (!right || user.isEmpty() || user.get().state() != UserState.ACTIVE) {
            countFailure(code);
            return Optional.empty();
          }
          recover(user.get().id(), passwordHash, row.get().removesSecondFactor());
          return user;
        });
  }

  private void recover(String userId, String passwordHash, boolean removeSecondFactor)
      throws SQLException {
    database.execute(
        "UPDATE users SET password = ?, failures = 0, locked_until_ms = 0 WHERE id = ?",
        passwordHash,
        userId);
    database.execute("DELETE FROM sessions WHERE user_id = ?", userId);
    rows.raiseCredentials(userId);
    forget(userId);
    if (removeSecondFactor) {
      factors.remove(userId);
    }
  }

  /** All codes of a user; inside a change. */
  void forget(String userId) throws SQLException {
    database.execute("DELETE FROM recovery_codes WHERE user_id = ?", userId);
  }

  /** Those in mails; inside a change. */
  void forgetMailed(String userId) throws SQLException {
    forget(userId, Origin.MAILED);
  }

  private void forget(String userId, Origin origin) throws SQLException {
    database.execute(
        "DELETE FROM recovery_codes WHERE user_id = ? AND origin = ?", userId, origin.name());
  }

  private Optional<Row> find(RecoveryCode code) {
    return database
        .first(
            "SELECT verifier, user_id, removes_second_factor, failures FROM recovery_codes WHERE"
                + " selector = ? AND expires_ms > ?",
            row -> new Row(row.getString(1), row.getString(2), row.getBoolean(3), row.getInt(4)),
            code.selector(),
            clock.millis())
        .filter(row -> row.failures() < MOST_FAILURES);
  }

  private void countFailure(Optional<RecoveryCode> code) throws SQLException {
    database.execute(
        "UPDATE recovery_codes SET failures = failures + 1 WHERE selector = ?",
        code.map(RecoveryCode::selector).orElse(""));
    database.execute("UPDATE nobody SET failures = failures + 1");
  }
}
