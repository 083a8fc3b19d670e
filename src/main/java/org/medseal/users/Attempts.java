package org.medseal.users;

import java.util.Optional;
import java.util.function.Supplier;
import org.medseal.users.UserException.Reason;

/**
 * Guesses at something other than a login, counted and locked out alike but apart from it. Durable;
 * thread-safe.
 */
final class Attempts {
  private final PeopleDatabase database;
  private final PasswordCheck.Lock lock;

  Attempts(PeopleDatabase database, PasswordCheck.Lock lock) {
    this.database = database;
    this.lock = lock;
  }

  private record State(int failures, long lockedUntilMs) {
    static final State NONE = new State(0, 0);
  }

  /** What the attempt brings, counted as failed when that is nothing; LOCKED without trying. */
  synchronized <T> Optional<T> at(String id, Supplier<Optional<T>> attempt) {
    if (lock.holds(state(id).lockedUntilMs())) {
      throw new UserException(
          Reason.LOCKED, "Too many wrong attempts; wait a while and try again.");
    }
    Optional<T> result = attempt.get();
    boolean right = result.isPresent();
    State was = state(id);
    if (!right || was.failures() > 0) {
      int failures = right ? 0 : was.failures() + 1;
      long untilMs = right ? 0 : lock.untilMs(failures);
      database.change(
          () ->
              database.execute(
                  "MERGE INTO attempts (id, failures, locked_until_ms) KEY (id) VALUES (?, ?, ?)",
                  id,
                  failures,
                  untilMs));
    }
    return result;
  }

  private State state(String id) {
    return database
        .first(
            "SELECT failures, locked_until_ms FROM attempts WHERE id = ?",
            row -> new State(row.getInt(1), row.getLong(2)),
            id)
        .orElse(State.NONE);
  }
}
