package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LookUpLimitTest {
  private final AtomicLong nanos = new AtomicLong();
  private final LookUpLimit limit = new LookUpLimit(500, 5, nanos::get);

  private int taken(String user) {
    int taken = 0;
    while (limit.take(user)) {
      taken++;
    }
    return taken;
  }

  @Test
  void aBurstOfFiveHundredThenFiveASecond() {
    assertThat(taken("a")).isEqualTo(500);
    nanos.addAndGet(199_000_000);
    assertThat(limit.take("a")).isFalse();
    nanos.addAndGet(1_000_000_000);
    assertThat(taken("a")).isEqualTo(5);
  }

  @Test
  void theAllowanceNeverGrowsBeyondTheBurst() {
    nanos.addAndGet(3_600_000_000_000L);
    assertThat(taken("a")).isEqualTo(500);
    nanos.addAndGet(3_600_000_000_000L);
    assertThat(taken("a")).isEqualTo(500);
  }

  @Test
  void oneUserDoesNotUseUpAnothers() {
    taken("a");
    assertThat(taken("b")).isEqualTo(500);
  }
}
