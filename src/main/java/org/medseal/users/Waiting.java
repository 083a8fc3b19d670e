package org.medseal.users;

import java.time.Duration;
import org.medseal.audit.AuditTrail;

/**
 * For how long somebody who asked for an account waits for an administrator before the login is
 * free again, and the trail that says so; whoever opened that closes it after the users' store.
 */
public record Waiting(Duration lasts, AuditTrail trail) {
  public Waiting {
    if (lasts.isNegative() || lasts.isZero()) {
      throw new IllegalArgumentException("registrations last for a positive time");
    }
  }
}
