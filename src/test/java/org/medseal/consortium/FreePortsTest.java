package org.medseal.consortium;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePortsTest {
  /** The first a Linux system gives to connections that go out. */
  private static final int EPHEMERAL = 32_768;

  @Test
  void consortiumsOfOneProgramNeverMeet() {
    Set<Integer> handedOut = new HashSet<>();
    for (int consortium = 0; consortium < 20; consortium++) {
      FreePorts ports = FreePorts.anywhere();
      for (int i = 0; i < 20; i++) {
        int port = ports.take();
        assertThat(port).isBetween(1_024, EPHEMERAL - 1);
        assertThat(handedOut.add(port)).as("port %d", port).isTrue();
      }
    }
  }

  @Test
  void aPortSomebodyListensOnIsPassedOver() throws IOException {
    int free = FreePorts.anywhere().take();
    try (ServerSocket taken = new ServerSocket(free, 1, InetAddress.getLoopbackAddress())) {
      assertThat(new FreePorts(taken.getLocalPort()).take()).isGreaterThan(free);
    }
  }
}
