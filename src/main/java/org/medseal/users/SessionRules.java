package org.medseal.users;

import java.time.Duration;

/**
 * How long sessions last and when a login locks.
 *
 * @param longest a session's life whatever happens
 * @param idle unused for that long, a session ends
 * @param failuresToLock wrong passwords in a row after which the login is locked
 * @param firstLock length of the first lock; each further failure doubles it
 * @param longestLock where doubling stops
 */
public record SessionRules(
    Duration longest, Duration idle, int failuresToLock, Duration firstLock, Duration longestLock) {
  public SessionRules {
    if (longest.isNegative() || longest.isZero() || idle.isNegative() || idle.isZero()) {
      throw new IllegalArgumentException("sessions need a positive life and idle time");
    }
    if (failuresToLock < 1 || firstLock.isNegative() || longestLock.compareTo(firstLock) < 0) {
      throw new IllegalArgumentException(
          "lock-out needs at least one failure and a longest lock not below the first");
    }
  }

  public static SessionRules defaults() {
    return new SessionRules(
        Duration.ofHours(10),
        Duration.ofMinutes(30),
        5,
        Duration.ofSeconds(30),
        Duration.ofMinutes(15));
  }

  Duration lockAfter(int failures) {
    if (failures < failuresToLock) {
      return Duration.ZERO;
    }
    int doublings = Math.min(failures - failuresToLock, 20);
    Duration lock = firstLock.multipliedBy(1L << doublings);
    return lock.compareTo(longestLock) > 0 ? longestLock : lock;
  }
}
