package org.medseal.ledger.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointTest {
  private static final String HEX = "0123456789abcdef".repeat(4);

  @Test
  void itsTextIsHeightColonHex() {
    Checkpoint checkpoint = new Checkpoint(42, Hash.fromHex(HEX));
    assertThat(checkpoint).hasToString("42:" + HEX);
    assertThat(Checkpoint.parse("42:" + HEX)).isEqualTo(checkpoint);
  }

  @Test
  void thereIsOneTextForOneCheckpoint() {
    List<String> others =
        List.of(
            "",
            "42",
            ":" + HEX,
            "0:" + HEX,
            "042:" + HEX,
            "-1:" + HEX,
            "+1:" + HEX,
            "42: " + HEX,
            "42:" + HEX + "\n",
            "42:" + HEX.replace('a', 'A'),
            "42:" + HEX.substring(1),
            "10000000000000000000:" + HEX);
    for (String each : others) {
      assertThatThrownBy(() -> Checkpoint.parse(each))
          .as(each)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("HEIGHT:HASH");
    }
  }

  @Test
  void theGenesisIsNoBlock() {
    assertThatThrownBy(() -> new Checkpoint(0, Hash.fromHex(HEX)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
