package org.medseal.consortium;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Hands out ports of the loopback address that nobody listens on, upwards from a first one. */
public final class FreePorts {
  private static final int LAST = 65_535;
  private static final int ROOM = 500;

  private int next;

  public FreePorts(int first) {
    this.next = first;
  }

  /** From wherever the system has room, for consortiums that must not meet. */
  public static FreePorts anywhere() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new FreePorts(Math.min(socket.getLocalPort(), LAST - ROOM));
    } catch (IOException e) {
      throw new IllegalStateException("no port on the loopback address", e);
    }
  }

  /** Each port once; another program may still take it before it is used. */
  public int take() {
    while (next <= LAST) {
      int port = next++;
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
