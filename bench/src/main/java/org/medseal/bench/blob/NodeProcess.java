package org.medseal.bench.blob;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.medseal.bench.OwnJvm;

/** A node in a process of its own, asked line by line. */
final class NodeProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final PrintStream questions;

  private NodeProcess(Process process) {
    this.process = process;
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  static NodeProcess start(Path home, int position, int heapMiB) throws IOException {
    List<String> command =
        OwnJvm.command(
            List.of("-Xmx" + heapMiB + "m"),
            BigPayloadNode.class,
            home.toString(),
            String.valueOf(position));
    File log = new File(home.toFile(), "console.log");
    return new NodeProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log)).start());
  }

  void awaitUp() throws IOException {
    if (!answer().equals("UP")) {
      throw new IOException("the node did not come up");
    }
  }

  String ask(String question) throws IOException {
    questions.println(question);
    return answer();
  }

  /** The next line that is not logging. */
  private String answer() throws IOException {
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (!line.contains(" INFO ") && !line.contains(" WARN ")) {
        return line;
      }
    }
    throw new IOException("a node has ended; see console.log in its home");
  }

  @Override
  public void close() {
    questions.close();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
