package org.medseal.requests;

import java.time.Duration;

/**
 * How long a request and a grant last where nobody says otherwise.
 *
 * @param answerWithin after which an unanswered request expires
 * @param validFor after which a grant opens nothing more on the asking node
 */
public record RequestTerms(Duration answerWithin, Duration validFor) {
  /** Of an answer and of a grant; the ledger takes no longer time to answer either. */
  public static final int MOST_DAYS = 366;

  public static final RequestTerms STANDARD = ofDays(14, 30);

  public RequestTerms {
    requireSensible(answerWithin);
    requireSensible(validFor);
  }

  public static RequestTerms ofDays(int answerDays, int validDays) {
    return new RequestTerms(Duration.ofDays(answerDays), Duration.ofDays(validDays));
  }

  private static void requireSensible(Duration term) {
    if (term.isNegative() || term.isZero() || term.compareTo(Duration.ofDays(MOST_DAYS)) > 0) {
      throw new IllegalArgumentException("a request's terms are above 0 and at most 366 days");
    }
  }
}
