package org.medseal.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Only a path that is there and within bounds is made, and asking for another costs nothing. */
@Timeout(60)
class HeaderPathTest {
  private final ProofChain chain = ProofChain.steady(20);

  @Test
  void aCheckpointAboveTheNewestBlockLeadsNowhere() {
    for (long checkpoint : new long[] {21, 1_999, 1L << 40, Long.MAX_VALUE - 1, Long.MAX_VALUE}) {
      for (long target : new long[] {1, 20, 21}) {
        assertThat(HeaderPath.make(chain, checkpoint, target, Long.MAX_VALUE)).isEmpty();
      }
    }
  }

  @Test
  void noTargetIsBelowTheFirstBlock() {
    for (long target : new long[] {0, -1, Long.MIN_VALUE}) {
      assertThat(HeaderPath.make(chain, 20, target, Long.MAX_VALUE)).isEmpty();
    }
  }

  @Test
  void aPathDownHoldsEveryHeaderBetween() {
    assertThat(HeaderPath.make(chain, 20, 11, Long.MAX_VALUE).orElseThrow().headers())
        .extracting(each -> each.height())
        .containsExactly(11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L, 20L);
  }
}
