package org.medseal.admin;

import java.time.Duration;
import org.medseal.requests.RequestTerms;

/**
 * Bounds of the endpoint.
 *
 * @param bodyBytes largest request body
 * @param lookUpBurst look-ups a user may make at once
 * @param lookUpsPerSecond how fast that allowance comes back
 * @param commitWait how long a call waits for its transaction's block
 * @param terms of requests and grants
 */
public record AdminLimits(
    int bodyBytes, int lookUpBurst, int lookUpsPerSecond, Duration commitWait, RequestTerms terms) {
  public AdminLimits {
    if (bodyBytes < 1024 || lookUpBurst < 1 || lookUpsPerSecond < 1) {
      throw new IllegalArgumentException(
          "the admin endpoint needs bodyBytes of at least 1024 and look-up limits of at least 1");
    }
    if (commitWait.isNegative()) {
      throw new IllegalArgumentException("commitWait must not be negative");
    }
  }

  public static AdminLimits defaults() {
    return new AdminLimits(256 << 10, 500, 5, Duration.ofSeconds(20), RequestTerms.STANDARD);
  }

  /** The same but for what a hospital's settings say. */
  public AdminLimits with(RequestTerms others) {
    return new AdminLimits(bodyBytes, lookUpBurst, lookUpsPerSecond, commitWait, others);
  }
}
