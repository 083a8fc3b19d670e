package org.medseal.ledger.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;

class ValidatorStakeTest {
  private static final long MOST = 1L << 53;

  @Test
  void stakeAndItsSumAreBounded() {
    assertThat(read(MOST).totalStake()).isEqualTo(MOST);
    assertThat(read(MOST - 1, 1).totalStake()).isEqualTo(MOST);
    assertRefused(MOST + 1);
    assertRefused(MOST, 1);
    assertRefused(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  private static void assertRefused(long... stakes) {
    assertThatThrownBy(() -> read(stakes)).isInstanceOf(CodecException.class);
  }

  private static ValidatorSet read(long... stakes) {
    List<Validator> validators = new ArrayList<>();
    for (long each : stakes) {
      validators.add(
          new Validator(validators.size(), "h" + validators.size(), Bytes.of(new byte[32]), each));
    }
    CanonicalWriter out = new CanonicalWriter();
    Registries.writeValidators(out, new ValidatorSet(validators));
    return Registries.readValidators(new CanonicalReader(out.toByteArray()));
  }
}
