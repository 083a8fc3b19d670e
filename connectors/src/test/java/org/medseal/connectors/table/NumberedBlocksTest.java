package org.medseal.connectors.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NumberedBlocksTest {
  private int made;
  private final NumberedBlocks<int[]> blocks =
      new NumberedBlocks<>(
          () -> {
            made++;
            return new int[NumberedBlocks.SIZE];
          });

  @Test
  void everyNumberHasAPlaceOfItsOwnInABlockMadeWhenItIsReached() {
    for (int i = 1; i <= 3 * NumberedBlocks.SIZE + 1; i++) {
      assertThat(blocks.next()).isEqualTo(i);
      assertThat(made).isEqualTo((i - 1) / NumberedBlocks.SIZE + 1);
      assertThat(blocks.of(i)[NumberedBlocks.place(i)]).isZero();
      blocks.of(i)[NumberedBlocks.place(i)] = i;
    }
    for (int i = 1; i <= 3 * NumberedBlocks.SIZE + 1; i++) {
      assertThat(blocks.of(i)[NumberedBlocks.place(i)]).isEqualTo(i);
    }
  }

  @Test
  void aNumberThatWasNotReachedHasNoBlock() {
    blocks.next();
    assertThatThrownBy(() -> blocks.of(NumberedBlocks.SIZE + 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
