package org.medseal.ledger.mutation;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A JVM beside this one that runs {@link Probation}; ended and started anew when it does not answer
 * in time. Used by one thread.
 */
final class Fork implements AutoCloseable {
  private static final String CLASSES = "target" + File.separator;

  private Optional<Process> process = Optional.empty();
  private BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();

  /** What was answered; {@code timedOut} when it had to be ended. */
  record Said(List<String> lines, boolean timedOut) {
    /** The first line that starts so, without that start; empty if there is none. */
    String after(String start) {
      return lines.stream()
          .filter(each -> each.startsWith(start))
          .map(each -> each.substring(start.length()))
          .findFirst()
          .orElse("");
    }
  }

  Said run(Path changed, String type, List<String> arguments, long patienceSeconds)
      throws IOException, InterruptedException {
    if (process.filter(Process::isAlive).isEmpty()) {
      start();
    }
    List<String> request = new ArrayList<>(List.of(changed.toString(), type));
    request.addAll(arguments);
    PrintWriter out =
        new PrintWriter(process.orElseThrow().getOutputStream(), true, StandardCharsets.UTF_8);
    out.println(String.join("\t", request));
    List<String> said = new ArrayList<>();
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceSeconds);
    while (true) {
      Optional<String> line = lines.poll(endNs - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null || line.isEmpty()) { // no answer in time, or it broke down
        close();
        return new Said(said, true);
      }
      if (line.get().isEmpty()) {
        return new Said(said, false);
      }
      said.add(line.get());
    }
  }

  private void start() throws IOException {
    String path = System.getProperty("java.class.path");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "-cp",
                path,
                Probation.class.getName()));
    Arrays.stream(path.split(File.pathSeparator, -1))
        .filter(each -> each.startsWith("ledger-node") && each.contains(CLASSES))
        .forEach(command::add);
    Process started =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> read(started, answers), "answers");
    reader.setDaemon(true);
    reader.start();
    process = Optional.of(started);
    lines = answers;
  }

  private static void read(Process from, BlockingQueue<Optional<String>> into) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(from.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        into.add(Optional.of(line));
      }
    } catch (IOException e) {
      into.add(Optional.of("BROKEN " + e));
    }
    into.add(Optional.empty());
  }

  @Override
  public void close() {
    process.ifPresent(each -> each.destroyForcibly().onExit().join());
    process = Optional.empty();
  }
}
