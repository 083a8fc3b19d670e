package org.medseal.connectors.dicomnet;

import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.medseal.connectors.dicom.Programs;

/** A program that listens on a port; ended with the test. */
record Peer(Process process, int port) implements AutoCloseable {
  private static final long START_NS = TimeUnit.SECONDS.toNanos(60);

  /** The output is thrown away: what it did is seen in what it stored. */
  static Peer start(List<String> command, int port) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.to(new File("/dev/null")));
    builder.environment().put("TCP_NODELAY", "1");
    Peer peer = new Peer(builder.start(), port);
    long begin = System.nanoTime();
    while (!isListening(port)) {
      boolean ended = peer.process.waitFor(50, TimeUnit.MILLISECONDS);
      if (ended || System.nanoTime() - begin > START_NS) {
        peer.close();
        throw new IOException(command.get(0) + " does not listen on port " + port);
      }
    }
    return peer;
  }

  static Peer storescp(Path program, Path into) throws IOException, InterruptedException {
    int port = Programs.freePort();
    return start(
        List.of(
            program.toString(), "--accept-all", "-B", "-od", into.toString(), String.valueOf(port)),
        port);
  }

  private static boolean isListening(int port) {
    try (Socket socket = new Socket(TestScp.loopback(0).getAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
