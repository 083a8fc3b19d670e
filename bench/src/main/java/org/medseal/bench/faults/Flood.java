package org.medseal.bench.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.medseal.bench.OwnJvm;

/** A {@link Stranger} at work on a node, as a process in the place of another one. */
final class Flood implements AutoCloseable {
  private final Process stranger;

  private Flood(Process stranger) {
    this.stranger = stranger;
  }

  static Flood on(String address, List<String> place) throws IOException {
    List<String> command = new ArrayList<>(place);
    command.addAll(
        OwnJvm.command(
            List.of("-Xmx64m", "-XX:TieredStopAtLevel=1"),
            Stranger.class,
            address,
            String.valueOf(FaultHospitals.PEER_PORT)));
    return new Flood(new ProcessBuilder(command).start());
  }

  /** How many connections it has opened; it opens no more. */
  long end() throws IOException {
    stranger.getOutputStream().write('\n');
    stranger.getOutputStream().flush();
    return Long.parseLong(stranger.inputReader(StandardCharsets.US_ASCII).readLine());
  }

  @Override
  public void close() {
    stranger.destroyForcibly();
  }
}
