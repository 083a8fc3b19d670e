package org.medseal.ledger.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PeerConnectionTest {
  private static final long MEBIBYTE = 1 << 20;

  @Test
  void whatAllPeersHaveUnhandledFitsAPartOfTheHeap() {
    assertThat(PeerConnection.mayBeUnhandled(256 * MEBIBYTE, 4)).isEqualTo(8 * MEBIBYTE);
    assertThat(PeerConnection.mayBeUnhandled(256 * MEBIBYTE, 16)).isEqualTo(2 * MEBIBYTE);
    assertThat(PeerConnection.mayBeUnhandled(256 * MEBIBYTE, 250)).isEqualTo(MEBIBYTE);
    assertThat(PeerConnection.mayBeUnhandled(4_096 * MEBIBYTE, 4)).isEqualTo(8 * MEBIBYTE);
  }
}
