package org.medseal.admin;

import java.time.Duration;

/**
 * Bounds of the endpoint.
 *
 * @param bodyBytes largest request body
 * @param lookUpBurst look-ups a user may make at once
 * @param lookUpsPerSecond how fast that allowance comes back
 * @param commitWait how long a call waits for its transaction's block
 * @param answerWithin after which an unanswered request expires
 */
public record AdminLimits(
    int bodyBytes,
    int lookUpBurst,
    int lookUpsPerSecond,
    Duration commitWait,
    Duration answerWithin) {
  public AdminLimits {
    if (bodyBytes < 1024 || lookUpBurst < 1 || lookUpsPerSecond < 1) {
      throw new IllegalArgumentException(
          "the admin endpoint needs bodyBytes of at least 1024 and look-up limits of at least 1");
    }
    if (commitWait.isNegative() || answerWithin.isNegative() || answerWithin.isZero()) {
      throw new IllegalArgumentException("the admin endpoint's waits must be positive");
    }
  }

  public static AdminLimits defaults() {
    return new AdminLimits(256 << 10, 500, 5, Duration.ofSeconds(20), Duration.ofDays(14));
  }
}
