package org.medseal.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.medseal.home.Endpoint;
import org.medseal.home.HomeException;

/** Finds out before anything starts whether a port can be listened on. */
final class FreePort {
  private FreePort() {}

  /** PORT_TAKEN, naming the setting. */
  static void require(String setting, Endpoint endpoint) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(endpoint.host(), endpoint.port()));
    } catch (IOException e) {
      throw new HomeException(
          HomeException.Reason.PORT_TAKEN,
          "cannot listen on " + endpoint + " (" + setting + "): " + e.getMessage(),
          e);
    }
  }
}
