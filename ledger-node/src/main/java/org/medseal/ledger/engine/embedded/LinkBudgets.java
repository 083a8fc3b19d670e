package org.medseal.ledger.engine.embedded;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.RecordTransaction;

/**
 * How many anonymous records each peer may send: they cost no fee and name nobody, so the link they
 * come by pays. What is above is dropped, and offered again later by whoever keeps it. From any
 * thread.
 */
public final class LinkBudgets {
  private final Rates rates;
  private final Map<Integer, Budget> budgets = new ConcurrentHashMap<>();

  /**
   * Per peer and second; a burst of {@code burstSeconds} times as much is taken at once.
   *
   * @param records known ones too
   * @param bytes of records
   * @param verifications of records not seen before
   */
  public record Rates(long records, long bytes, long verifications, int burstSeconds) {
    public static final Rates STANDARD = new Rates(2_000, 16L << 20, 500, 4);

    public Rates {
      if (records < 1 || bytes < 1 || verifications < 1 || burstSeconds < 1) {
        throw new IllegalArgumentException("a link's budgets must be positive");
      }
    }
  }

  private static final class Budget {
    private final Allowance records;
    private final Allowance bytes;
    private final Allowance verifications;

    Budget(Rates rates, long nowMs) {
      int burst = rates.burstSeconds();
      this.records = new Allowance(rates.records() * burst, rates.records(), nowMs);
      this.bytes = new Allowance(rates.bytes() * burst, rates.bytes(), nowMs);
      this.verifications =
          new Allowance(rates.verifications() * burst, rates.verifications(), nowMs);
    }

    synchronized boolean admits(long nowMs, int sizeBytes, boolean known) {
      return records.take(nowMs)
          && bytes.take(nowMs, sizeBytes)
          && (known || verifications.take(nowMs));
    }
  }

  public LinkBudgets(Rates rates) {
    this.rates = rates;
  }

  /**
   * Whether the peer may still send this. What names its author passes.
   *
   * @param known costs no verification
   */
  public boolean admit(int peer, IdentifiedTransaction transaction, boolean known, long nowMs) {
    if (!(transaction.transaction() instanceof RecordTransaction)) {
      return true;
    }
    return budgets
        .computeIfAbsent(peer, any -> new Budget(rates, nowMs))
        .admits(nowMs, transaction.encoded().length(), known);
  }
}
