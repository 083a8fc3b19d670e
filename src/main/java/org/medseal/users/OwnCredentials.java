package org.medseal.users;

import java.util.List;
import org.medseal.users.UserException.Reason;

/**
 * What lets a user in, as the user changes it: password, second factor, and a code after a
 * forgotten password. Thread-safe.
 */
final class OwnCredentials {
  private final PeopleDatabase database;
  private final PasswordCheck check;
  private final SecondFactors factors;
  private final Recoveries recoveries;
  private final Sessions sessions;

  OwnCredentials(
      PeopleDatabase database,
      PasswordCheck check,
      SecondFactors factors,
      Recoveries recoveries,
      Sessions sessions) {
    this.database = database;
    this.check = check;
    this.factors = factors;
    this.recoveries = recoveries;
    this.sessions = sessions;
  }

  SecondFactors.SetUp beginSecondFactor(Session session, String password, String institution) {
    check.requirePassword(session.user(), password);
    return database.change(
        () -> {
          sessions.requireLasting(session);
          return factors.begin(session.user(), institution);
        });
  }

  List<String> confirmSecondFactor(Session session, String code) {
    List<String> spares =
        database.change(
            () -> {
              sessions.requireLasting(session);
              List<String> fresh = factors.confirm(session.user(), code);
              sessions.deleteOthers(session);
              return fresh;
            });
    sessions.forgetOthers(session);
    return spares;
  }

  void removeSecondFactor(Session session, String password) {
    check.requirePassword(session.user(), password);
    database.change(
        () -> {
          sessions.requireLasting(session);
          factors.remove(session.user().id());
          return sessions.deleteOthers(session);
        });
    sessions.forgetOthers(session);
  }

  User recover(String code, String newPassword) {
    PasswordRules.require(newPassword, "");
    User user =
        recoveries
            .use(code, check.hash(newPassword))
            .orElseThrow(
                () ->
                    new UserException(
                        Reason.BAD_CODE, "The code is wrong, was used or has expired."));
    sessions.forget(user.id());
    return user;
  }

  void storePassword(Session session, String newPassword, int credentials) {
    String hash = check.hash(newPassword);
    String userId = session.user().id();
    database.change(
        () -> {
          sessions.requireLasting(session);
          int stored =
              database.execute(
                  "UPDATE users SET password = ?, credentials = credentials + 1 WHERE id = ? AND"
                      + " credentials = ?",
                  hash,
                  userId,
                  credentials);
          if (stored == 0) {
            throw new UserException(
                Reason.NOT_LOGGED_IN, "The session or the password has changed meanwhile.");
          }
          sessions.deleteOthers(session);
          recoveries.forget(userId);
          return null;
        });
    sessions.forgetOthers(session);
  }
}
