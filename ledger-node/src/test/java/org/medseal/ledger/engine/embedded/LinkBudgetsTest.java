package org.medseal.ledger.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.medseal.ledger.codec.Samples;
import org.medseal.ledger.engine.embedded.LinkBudgets.Rates;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.IdentifiedTransaction;

class LinkBudgetsTest {
  private static final IdentifiedTransaction RECORD = Samples.record(Bytes.of(new byte[100]), 10);
  private static final int SIZE = RECORD.encoded().length();
  private static final long PLENTY = 1L << 30;

  @Test
  void recordsAreCountedKnownOrNot() {
    LinkBudgets budgets = new LinkBudgets(new Rates(10, PLENTY, PLENTY, 2));
    assertThat(admitted(budgets, 1, 100, true, 0)).isEqualTo(20);
    assertThat(admitted(budgets, 1, 100, false, 1_000)).isEqualTo(10);
  }

  @Test
  void bytesAreCounted() {
    LinkBudgets budgets = new LinkBudgets(new Rates(PLENTY, 3L * SIZE, PLENTY, 1));
    assertThat(admitted(budgets, 1, 100, true, 0)).isEqualTo(3);
  }

  @Test
  void onlyUnknownRecordsCostVerifications() {
    LinkBudgets budgets = new LinkBudgets(new Rates(PLENTY, PLENTY, 5, 1));
    assertThat(admitted(budgets, 1, 100, true, 0)).isEqualTo(100);
    assertThat(admitted(budgets, 1, 100, false, 0)).isEqualTo(5);
  }

  @Test
  void oneLinksFloodCostsAnotherNothing() {
    LinkBudgets budgets = new LinkBudgets(new Rates(10, PLENTY, PLENTY, 1));
    admitted(budgets, 1, 1_000, false, 0);
    assertThat(admitted(budgets, 2, 10, false, 0)).isEqualTo(10);
  }

  @Test
  void whatNamesItsAuthorPasses() {
    LinkBudgets budgets = new LinkBudgets(new Rates(1, 1, 1, 1));
    for (int i = 0; i < 10; i++) {
      assertThat(budgets.admit(1, Samples.approval(i, 10), false, 0)).isTrue();
    }
  }

  @Test
  void aBudgetOfNothingIsRefused() {
    assertThatThrownBy(() -> new Rates(0, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  private static int admitted(
      LinkBudgets budgets, int peer, int offered, boolean known, long nowMs) {
    int admitted = 0;
    for (int i = 0; i < offered; i++) {
      admitted += budgets.admit(peer, RECORD, known, nowMs) ? 1 : 0;
    }
    return admitted;
  }
}
