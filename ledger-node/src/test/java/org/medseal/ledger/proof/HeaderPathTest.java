package org.medseal.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.Checkpoint;

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

  /** Every ten heights one validator of four goes and another comes. */
  private static ProofChain changing() {
    return new ProofChain(
            height -> {
              int first = (int) Math.max(0, height - 1) / 10;
              return List.of(first, first + 1, first + 2, first + 3);
            },
            1_000)
        .grow(40);
  }

  @Test
  void betweenChangingValidatorsAPathUpJumpsWhileMoreThanAThirdIsKnown() {
    ProofChain changing = changing();
    HeaderPath straight = path(changing, 1, 25);
    assertThat(straight.headers()).extracting(each -> each.height()).containsExactly(1L, 25L);
    assertThat(proven(changing, straight, 1, 25).height()).isEqualTo(25);

    HeaderPath over = path(changing, 1, 40); // of the first four one is left
    assertThat(over.headers()).hasSizeBetween(3, 6);
    assertThat(proven(changing, over, 1, 40)).isEqualTo(changing.block(40).orElseThrow().header());
  }

  @Test
  void aPathThatJumpsOverTooManyChangesIsRefused() {
    ProofChain changing = changing();
    HeaderPath over = path(changing, 1, 40);
    int last = over.headers().size() - 1;
    HeaderPath jump =
        new HeaderPath(
            List.of(over.headers().get(0), over.headers().get(last)),
            List.of(over.certificates().get(0), over.certificates().get(last)),
            over.sets());
    assertThatExceptionOfType(ProofException.class)
        .isThrownBy(() -> proven(changing, jump, 1, 40))
        .withMessageContaining("more than a third");
  }

  @Test
  void aPathUpNeedsTheValidatorsThatItsHeadersName() {
    ProofChain changing = changing();
    HeaderPath whole = path(changing, 1, 40);
    HeaderPath without =
        new HeaderPath(whole.headers(), whole.certificates(), whole.sets().subList(0, 1));
    assertThatExceptionOfType(ProofException.class)
        .isThrownBy(() -> proven(changing, without, 1, 40))
        .withMessageContaining("lacks a validator set");
  }

  @Test
  void aPathDownWithAnotherHeaderBetweenIsRefused() {
    ProofChain slower = new ProofChain(height -> List.of(0, 1, 2, 3), 2_000).grow(20);
    List<BlockHeader> headers = new ArrayList<>(path(chain, 20, 11).headers());
    headers.set(4, slower.block(15).orElseThrow().header());
    assertThatExceptionOfType(ProofException.class)
        .isThrownBy(() -> proven(chain, new HeaderPath(headers, List.of(), List.of()), 20, 11))
        .withMessageContaining("height 15");
  }

  @Test
  void aPathDownHoldsTwoThousandHeadersAndNoMore() {
    ProofChain longer = ProofChain.steady(HeaderPath.MAX_HEADERS + 1);
    long newest = longer.height();
    assertThat(HeaderPath.make(longer, newest, 1, Long.MAX_VALUE)).isEmpty();
    assertThat(proven(longer, path(longer, newest, 2), newest, 2).height()).isEqualTo(2);
    List<BlockHeader> tooMany = new ArrayList<>(path(longer, newest, 2).headers());
    tooMany.add(0, longer.block(1).orElseThrow().header());
    assertThatExceptionOfType(ProofException.class)
        .isThrownBy(() -> proven(longer, new HeaderPath(tooMany, List.of(), List.of()), newest, 1));
  }

  private static HeaderPath path(ProofChain chain, long checkpoint, long target) {
    return HeaderPath.make(chain, checkpoint, target, Long.MAX_VALUE).orElseThrow();
  }

  private static BlockHeader proven(
      ProofChain chain, HeaderPath path, long checkpoint, long target) {
    Checkpoint trusted = new Checkpoint(checkpoint, chain.block(checkpoint).orElseThrow().id());
    return path.proven("proof-chain", trusted, target, chain.rules());
  }
}
