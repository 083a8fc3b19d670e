package org.medseal.connectors.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.model.Bytes;

class FingerprintsTest {
  private static Bytes fingerprint(int seed) {
    Random random = new Random(seed);
    return Bytes.of(
        ByteBuffer.allocate(16).putLong(random.nextLong()).putLong(random.nextLong()).array());
  }

  @Test
  void whatFitsIsKnownWithItsMinuteAndNothingElseIs() {
    Fingerprints known = new Fingerprints(200_000);
    for (int i = 0; i < 100_000; i++) {
      known.add(fingerprint(i), 1 + i);
    }
    assertThat(known.size()).isEqualTo(100_000);
    for (int i = 0; i < 100_000; i++) {
      assertThat(known.minuteOf(fingerprint(i))).hasValue(1 + i);
      assertThat(known.minuteOf(fingerprint(-1 - i))).isEmpty();
    }
  }

  @Test
  void aboveTheLimitTheOldestGo() {
    Fingerprints known = new Fingerprints(64_000);
    for (int i = 0; i < 200_000; i++) {
      known.add(fingerprint(i), 1 + i);
    }
    assertThat(known.size()).isBetween(50_000, 64_000);
    for (int i = 160_000; i < 200_000; i++) {
      assertThat(known.minuteOf(fingerprint(i))).hasValue(1 + i);
    }
    assertThat(known.minuteOf(fingerprint(0))).isEmpty();
  }

  @Test
  void ofOneMinuteOnlySoManyGoAsRoomIsNeededFor() {
    Fingerprints known = new Fingerprints(64_000);
    for (int i = 0; i < 100_000; i++) {
      known.add(fingerprint(i), 7);
    }
    assertThat(known.size()).isBetween(50_000, 64_000);
    assertThat(known.minuteOf(fingerprint(99_999))).hasValue(7);
  }

  @Test
  void theSameOneTwiceIsOneOfTheLaterMinute() {
    Fingerprints known = new Fingerprints(64);
    known.add(fingerprint(1), 9);
    known.add(fingerprint(1), 5);
    assertThat(known.size()).isEqualTo(1);
    assertThat(known.minuteOf(fingerprint(1))).hasValue(9);
  }

  @Test
  void noRoomKeepsNone() {
    Fingerprints known = new Fingerprints(0);
    known.add(fingerprint(1), 9);
    assertThat(known.minuteOf(fingerprint(1))).isEmpty();
  }
}
