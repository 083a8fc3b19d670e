package org.medseal.bench.intake;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.medseal.bench.OwnJvm;
import org.medseal.consortium.FreePorts;

/** {@link HapiListener} in a JVM with the same options as a hospital's. */
final class HapiProcess implements AutoCloseable {
  private static final List<String> OPTIONS = List.of("-Xmx512m", "-XX:+UseSerialGC");

  private final Process process;
  private final int port;

  private HapiProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static HapiProcess start(Path folder) throws IOException {
    int port = FreePorts.anywhere().take();
    Files.createDirectories(folder);
    Process process =
        new ProcessBuilder(
                OwnJvm.command(
                    OPTIONS, HapiListener.class, String.valueOf(port), folder.toString()))
            .redirectError(folder.resolve("console.log").toFile())
            .start();
    BufferedReader out = process.inputReader();
    for (String line = out.readLine(); !"ready".equals(line); line = out.readLine()) {
      if (line == null) {
        throw new IOException("HAPI's listener ended; see " + folder.resolve("console.log"));
      }
    }
    return new HapiProcess(process, port);
  }

  int port() {
    return port;
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
  }
}
