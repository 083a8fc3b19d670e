package org.medseal.bench.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/**
 * A process that is no member: opens connections to a node as fast as they are taken, sends bytes
 * that mean nothing, and keeps the newest of them open without a word. Arguments: address, port.
 * Ends with its input.
 */
final class Stranger {
  private static final int KEPT = 400;
  private static final int CONNECT_MS = 500;

  private Stranger() {}

  public static void main(String[] arguments) throws IOException {
    InetSocketAddress node = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
    Deque<Socket> kept = new ArrayDeque<>();
    byte[] noise = new byte[16 << 10];
    new Random(3).nextBytes(noise);
    long opened = 0;
    while (System.in.available() == 0) {
      if (reach(node, opened % 2 == 0 ? noise : new byte[0], kept)) {
        opened++;
      }
      while (kept.size() > KEPT) {
        kept.removeFirst().close();
      }
    }
    System.out.println(opened);
  }

  private static boolean reach(InetSocketAddress node, byte[] said, Deque<Socket> kept) {
    Socket socket = new Socket();
    kept.add(socket);
    try {
      socket.connect(node, CONNECT_MS);
      OutputStream out = socket.getOutputStream();
      out.write(said);
      return true;
    } catch (IOException turnedAway) {
      return false;
    }
  }
}
