package org.medseal.ledger.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A small bound; docs/simulation.md says how to go further. */
class ExplorerTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void nothingGoesWrongInOneRoundWhoeverLies(int liar) {
    Explorer.Result result = new Explorer(new Model(liar, 1, 2), 100_000).run();
    assertThat(result.whole()).isTrue();
    assertThat(result.decided()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void nothingGoesWrongInTheFirstStatesOfThreeRounds(int liar) {
    Explorer.Result result = new Explorer(new Model(liar, 3, 2), 5_000).run();
    assertThat(result.states()).isGreaterThanOrEqualTo(5_000);
  }
}
