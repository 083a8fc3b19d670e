package org.medseal.bench.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What befalls the disk under a node: set back to an older state, wiped, full. */
final class DiskFaults {
  private static final byte[] BLOCK = new byte[1 << 16];

  private DiskFaults() {}

  /** What a node's ledger writes, as it stands at this moment. */
  static Path ledger(Path home) {
    return home.resolve("ledger");
  }

  /** As a snapshot of the machine would hold it: whatever is on disk while the node writes. */
  static Path snapshot(Path home) throws IOException {
    Path copy = home.resolveSibling(home.getFileName() + ".snapshot");
    copy(ledger(home), copy);
    return copy;
  }

  /** Back to the snapshot; the index, which is younger, stays. */
  static void setBack(Path home, Path snapshot) throws IOException {
    delete(ledger(home));
    copy(snapshot, ledger(home));
  }

  static void wipe(Path home) throws IOException {
    delete(ledger(home));
    delete(home.resolve("index"));
  }

  /** A small disk of its own under the ledger; needs root. */
  static void mountSmall(Path home, int megabytes) throws IOException, InterruptedException {
    Files.createDirectories(ledger(home));
    run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", ledger(home).toString());
  }

  static void unmount(Path home) throws IOException, InterruptedException {
    run("umount", ledger(home).toString());
  }

  /** Leaves not a byte free; what it returns is to be deleted. */
  static Path fill(Path home) throws IOException {
    Path filler = ledger(home).resolve("filler");
    try (OutputStream out = Files.newOutputStream(filler)) {
      for (int length = BLOCK.length; length > 0; ) {
        length = writeOrShrink(out, length);
      }
    }
    return filler;
  }

  private static int writeOrShrink(OutputStream out, int length) {
    try {
      out.write(BLOCK, 0, length);
      return length;
    } catch (IOException e) { // no space for this much
      return length / 2;
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path each : (Iterable<Path>) tree::iterator) {
        Path target = to.resolve(from.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(target);
        } else {
          Files.copy(each, target);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", List.of(command)) + ": " + said);
    }
  }
}
