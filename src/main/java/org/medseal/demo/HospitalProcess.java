package org.medseal.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.medseal.home.Home;
import org.medseal.home.Passphrase;

/**
 * One hospital's MedSeal in a Java process of its own, which ends when the process that started it
 * ends.
 */
public final class HospitalProcess {
  private static final Duration STOP_WITHIN = Duration.ofSeconds(20);

  /** By default a start touches a sixty-fourth of the machine before it collects. */
  private static final List<String> HEAP = List.of("-Xms64m", "-Xmx512m");

  private final Home home;
  private final List<String> runOptions;
  private Process process;

  public HospitalProcess(Home home, List<String> runOptions) {
    this.home = home;
    this.runOptions = List.copyOf(runOptions);
  }

  /** Starts it; returns at once. Console output goes to the home's logs. */
  public void start() {
    try {
      Path temporary = Files.createDirectories(home.root().resolve("tmp"));
      List<String> command = new ArrayList<>();
      command.add(ProcessHandle.current().info().command().orElse("java"));
      command.addAll(HEAP);
      command.addAll(List.of("-XX:+UseSerialGC", "-XX:-CreateCoredumpOnCrash"));
      command.add("-XX:ErrorFile=" + home.logs().resolve("jvm-crash-%p.log"));
      command.add("-Djava.io.tmpdir=" + temporary);
      command.add(
          "-Dmedseal.dir=" + Path.of(System.getProperty("medseal.dir", ".")).toAbsolutePath());
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.addAll(List.of("org.medseal.cli.MedSeal", "run", "--home", home.root().toString()));
      command.addAll(List.of("--with-parent", String.valueOf(ProcessHandle.current().pid())));
      command.addAll(runOptions);
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put(Passphrase.FILE_VARIABLE, Passphrase.besideOf(home).toString());
      builder.redirectErrorStream(true);
      builder.redirectOutput(
          ProcessBuilder.Redirect.appendTo(home.logs().resolve("console.log").toFile()));
      process = builder.start();
    } catch (IOException e) {
      throw new DemoFailure("cannot start a process for " + home.root() + ": " + e, e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  public Home home() {
    return home;
  }

  /** SIGKILL: no shutdown hook, no flush. */
  public void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /** Asks it to end, and makes it end after twenty seconds. */
  public void stop() {
    process.destroy();
    awaitExit();
  }

  private void awaitExit() {
    try {
      process.onExit().get(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** The last lines of what it said, for a failure's message. */
  public String lastWords() {
    try {
      List<String> lines = Files.readAllLines(home.logs().resolve("console.log"));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    } catch (IOException e) {
      return "(no output)";
    }
  }
}
