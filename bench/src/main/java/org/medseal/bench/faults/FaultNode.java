package org.medseal.bench.faults;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.medseal.bench.OwnJvm;
import org.medseal.ledger.model.IdentifiedTransaction;

/** A hospital's ledger node as a process of its own, at its place in the network. */
final class FaultNode {
  private static final String HEAP = "-Xmx256m";

  private final int position;
  private final Path home;
  private final List<String> place;
  private final Witnesses witnesses;
  private Process process;
  private Thread reader;
  private volatile boolean up;
  private volatile boolean stopped;
  private int starts;

  /** Who hears of what a node says and of how it fares. */
  record Witnesses(History history, Recovery recovery, Signal signal) {}

  FaultNode(int position, Path home, List<String> place, Witnesses witnesses) {
    this.position = position;
    this.home = home;
    this.place = place;
    this.witnesses = witnesses;
  }

  /** Prints again what it has, some blocks back: a restart must not change them. */
  void start() throws IOException {
    List<String> command = new ArrayList<>(place);
    command.addAll(
        OwnJvm.command(
            List.of(HEAP, "-XX:TieredStopAtLevel=1"),
            FaultNodeMain.class,
            home.toString(),
            String.valueOf(position),
            String.valueOf(Math.max(1, witnesses.history().tip(position) - 20))));
    File errors = home.resolveSibling("node-" + position + ".err").toFile();
    process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(errors)).start();
    starts++;
    Process own = process;
    reader = new Thread(() -> read(own), "node-" + position);
    reader.start();
  }

  private void read(Process own) {
    try (BufferedReader lines = own.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("B ")) {
          long height = witnesses.history().take(position, line);
          witnesses.recovery().block(position, height, System.nanoTime());
        } else if (line.equals("UP")) {
          setUp(true);
        }
        witnesses.signal().ring();
      }
    } catch (IOException e) {
      // Killed in the middle of a line: what it did not say does not count.
    } finally {
      if (own == process) {
        setUp(false);
      }
      own.onExit().join();
      witnesses.signal().ring();
    }
  }

  private void setUp(boolean isUp) {
    up = isUp;
    witnesses.recovery().up(position, isUp, System.nanoTime());
  }

  boolean takes() {
    return up && !stopped;
  }

  boolean isUp() {
    return up;
  }

  int starts() {
    return starts;
  }

  /** Lost if the process dies; the caller sends again. */
  void submit(IdentifiedTransaction transaction) {
    try {
      OutputStream out = process.getOutputStream();
      out.write((transaction.encoded().hex() + "\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
    } catch (IOException e) {
      up = false;
    }
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    up = false;
    stopped = false;
    witnesses.recovery().killed(position, System.nanoTime());
    process.destroyForcibly().waitFor();
    reader.join();
  }

  void freeze() throws IOException, InterruptedException {
    stopped = true;
    signal("STOP");
  }

  void thaw() throws IOException, InterruptedException {
    signal("CONT");
    stopped = false;
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }

  /** Ends of itself, as an operator would end it. */
  void stop() throws IOException, InterruptedException {
    process.getOutputStream().close();
    process.waitFor();
    reader.join();
  }

  /** Empty while it runs. */
  boolean hasDied() {
    return process != null && !process.isAlive();
  }
}
