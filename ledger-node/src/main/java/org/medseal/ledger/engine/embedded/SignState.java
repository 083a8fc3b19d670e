package org.medseal.ledger.engine.embedded;

import java.util.Comparator;
import java.util.Optional;

/**
 * The last slot this validator's key has signed, durable across crashes, so that it never signs two
 * different messages for one slot. One key, one running instance.
 */
public interface SignState {
  /**
   * The signature already recorded for exactly these bytes in exactly this slot.
   *
   * @throws SignRefusedException when the slot lies before the last one, or was used for other
   *     bytes
   */
  Optional<byte[]> signatureFor(SignSlot slot, byte[] signBytes);

  /**
   * Durable when it returns; only then may the signature leave.
   *
   * @throws SignRefusedException as above
   */
  void record(SignSlot slot, byte[] signBytes, byte[] signature);

  /** Ordered by height, round, step; step 1 is the proposal, 2 the prevote, 3 the precommit. */
  record SignSlot(long height, int round, int step) implements Comparable<SignSlot> {
    public static final int PROPOSAL = 1;
    public static final int PREVOTE = 2;
    public static final int PRECOMMIT = 3;
    private static final Comparator<SignSlot> ORDER =
        Comparator.comparingLong(SignSlot::height)
            .thenComparingInt(SignSlot::round)
            .thenComparingInt(SignSlot::step);

    @Override
    public int compareTo(SignSlot other) {
      return ORDER.compare(this, other);
    }
  }
}
