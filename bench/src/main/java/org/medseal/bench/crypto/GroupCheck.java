package org.medseal.bench.crypto;

/** What the check of one group signature takes on one core of this machine. */
public final class GroupCheck {
  private static final int CHECKS = 2_000;
  private static final int MESSAGE_BYTES = 32;

  private GroupCheck() {}

  /** Milliseconds, after as many to warm up. */
  public static double measureMs() {
    Institution institution = new Institution();
    byte[] message = institution.bytes(MESSAGE_BYTES);
    byte[] signature = institution.member.sign(message, institution.random);
    int good = 0;
    long start = 0;
    for (int i = 0; i < 2 * CHECKS; i++) {
      if (i == CHECKS) {
        start = System.nanoTime();
      }
      good += institution.gpk.verify(message, signature) ? 1 : 0;
    }
    double ms = (System.nanoTime() - start) / 1e6 / CHECKS;
    if (good != 2 * CHECKS) {
      throw new IllegalStateException("a good signature was refused");
    }
    return ms;
  }
}
