package org.medseal.connectors.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.model.Bytes;

class SequencesTest {
  private final Sequences sequences = new Sequences();

  /** Half of the keys differ in their second half only. */
  private static Bytes key(int number) {
    byte[] key = new byte[16];
    new Random(number / 2).nextBytes(key);
    key[15] ^= (byte) (number & 1);
    return Bytes.of(key);
  }

  @Test
  void eachPatientIsCountedApartWhateverElseIsCounted() {
    Map<Integer, Long> expected = new HashMap<>();
    Random random = new Random(1);
    for (int i = 0; i < 300_000; i++) {
      int patient = random.nextInt(100_000);
      if (i % 3 == 0) {
        long number = 1L + random.nextInt(9);
        sequences.reached(key(patient), number);
        expected.merge(patient, number, Math::max);
      } else {
        assertThat(sequences.next(key(patient))).isEqualTo(expected.merge(patient, 1L, Long::sum));
      }
    }
    assertThat(sequences.patients()).isEqualTo(expected.size());
    for (int patient = 0; patient < 100_000; patient++) {
      assertThat(sequences.last(key(patient))).isEqualTo(expected.getOrDefault(patient, 0L));
    }
  }

  @Test
  void aNumberNeverGoesBack() {
    sequences.reached(key(1), 7);
    sequences.reached(key(1), 3);
    assertThat(sequences.next(key(1))).isEqualTo(8);
  }

  @Test
  void beyondTheLastNumberNothingIsNumberedAgain() {
    sequences.reached(key(1), Integer.MAX_VALUE);
    assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> sequences.next(key(1)));
    assertThat(sequences.last(key(1))).isEqualTo(Integer.MAX_VALUE);
  }
}
