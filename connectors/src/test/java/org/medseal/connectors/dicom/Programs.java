package org.medseal.connectors.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Other people's DICOM programs; required where CI=true, else a test without them is skipped. */
public final class Programs {
  private static final long LONGEST_SECONDS = 120;

  private Programs() {}

  /**
   * How a program ended and what it printed, errors included; a byte is a character where it was
   * run so.
   */
  public record Ended(int code, String output) {}

  public static Path require(String program, String debianPackage) {
    Optional<Path> found = find(program);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(found).as("%s (package %s) with CI=true", program, debianPackage).isPresent();
    }
    Assumptions.assumeTrue(
        found.isPresent(), program + " is not installed (package " + debianPackage + "): skipped");
    return found.get();
  }

  private static Optional<Path> find(String program) {
    String places = System.getenv().getOrDefault("PATH", "") + ":/usr/bin:/usr/sbin";
    return Stream.of(places.split(":"))
        .map(place -> Path.of(place, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Debian's own interpreter, which has pydicom, whatever comes first on the PATH. */
  public static Path requirePydicom() throws IOException, InterruptedException {
    Path python = Path.of("/usr/bin/python3");
    boolean there =
        Files.isExecutable(python)
            && run(List.of(python.toString(), "-c", "import pydicom")).code() == 0;
    if ("true".equals(System.getenv("CI"))) {
      assertThat(there).as("python3-pydicom with CI=true").isTrue();
    }
    Assumptions.assumeTrue(there, "pydicom is not installed (package python3-pydicom): skipped");
    return python;
  }

  public static Ended run(List<String> command) throws IOException, InterruptedException {
    return run(command, StandardCharsets.UTF_8);
  }

  public static Ended run(List<String> command, Charset charset)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TCP_NODELAY", "1");
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), charset);
    assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
  }

  public static Ended run(Path program, String... arguments)
      throws IOException, InterruptedException {
    return run(Stream.concat(Stream.of(program.toString()), Arrays.stream(arguments)).toList());
  }

  /**
   * Free a moment ago; for programs that cannot be told to take any. Below the ports a system gives
   * to connections that go out, of which one could take it before the program does.
   */
  public static int freePort() throws IOException {
    for (int attempt = 0; attempt < 1_000; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(11_000, 20_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException taken) {
        // the next may be free
      }
    }
    throw new BindException("no free port below the ephemeral ones");
  }
}
