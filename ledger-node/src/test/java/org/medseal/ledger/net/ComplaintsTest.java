package org.medseal.ledger.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComplaintsTest {
  private long nowMs;
  private final Complaints complaints = new Complaints(() -> nowMs);

  @Test
  void whoeverKnocksWithoutEndIsLoggedOnceASecond() {
    assertThat(in(1_000)).isEqualTo(20);
    nowMs += 3_000;
    assertThat(in(1_000)).isEqualTo(3);
  }

  private int in(int knocks) {
    int logged = 0;
    for (int i = 0; i < knocks; i++) {
      logged += complaints.mayComplain() ? 1 : 0;
    }
    return logged;
  }
}
