package org.medseal.consortium;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** Hands out ports of the loopback address that nobody listens on, upwards from a first one. */
public final class FreePorts {
  private static final int LAST = 65_535;

  /**
   * Below the ports a system gives to connections that go out (32,768 and above on Linux, 49,152 on
   * others): one of those may take a port that is to be listened on again after a restart.
   */
  private static final int ANYWHERE = 23_000;

  private static final int ANYWHERE_ROOM = 9_000;
  private static final AtomicInteger TAKEN_ANYWHERE =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(ANYWHERE_ROOM));

  private final IntSupplier candidates;

  public FreePorts(int first) {
    this(new AtomicInteger(first)::getAndIncrement);
  }

  private FreePorts(IntSupplier candidates) {
    this.candidates = candidates;
  }

  /**
   * For consortiums that must not meet: none of one program is handed a port of another's, also
   * while that one's hospitals are stopped.
   */
  public static FreePorts anywhere() {
    return new FreePorts(
        () -> ANYWHERE + Math.floorMod(TAKEN_ANYWHERE.getAndIncrement(), ANYWHERE_ROOM));
  }

  /** Each port once; another program may still take it before it is used. */
  public int take() {
    for (int tried = 0; tried < ANYWHERE_ROOM; tried++) {
      int port = candidates.getAsInt();
      if (port > LAST) {
        break;
      }
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port left on the loopback address");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
