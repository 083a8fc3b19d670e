package org.medseal.bench.blob;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.medseal.bench.Lasting;
import org.medseal.consortium.LocalConsortium;

/**
 * Four node processes with little heap take a payload that does not fit into any of them: sealed on
 * the fourth, replicated, committed on all four, opened by the custodian on the first and compared.
 * Prints how long each step took and how much heap each node had. Arguments: folder on the disk to
 * measure, size in MB, heap of a node in MiB.
 */
public final class BigPayload {
  private static final int NODES = 4;
  private static final int AUTHOR = 3;
  private static final long SEED = 500;

  /** A node tells nobody when a blob is whole. */
  private static final Lasting UNTIL_ASKED_AGAIN = Lasting.millis(100);

  private static final long PATIENCE_MS = TimeUnit.MINUTES.toMillis(15);

  private BigPayload() {}

  /**
   * What was measured.
   *
   * @param sameContent the document came out as it went in
   * @param heapsMiB the most each node may use, and the sum of its pools' peaks
   */
  record Result(
      long sizeBytes,
      boolean sameContent,
      double sealSeconds,
      double everywhereSeconds,
      double openSeconds,
      List<String> heapsMiB) {
    @Override
    public String toString() {
      double megabytes = sizeBytes / 1e6;
      StringBuilder text = new StringBuilder();
      text.append(
          String.format(
              Locale.ROOT,
              "%.0f MB sealed in %.1f s (%.0f MB/s), kept and committed on %d nodes %.1f s later"
                  + " (%.0f MB/s each), opened in %.1f s (%.0f MB/s): %s%n",
              megabytes,
              sealSeconds,
              megabytes / sealSeconds,
              NODES,
              everywhereSeconds,
              megabytes / everywhereSeconds,
              openSeconds,
              megabytes / openSeconds,
              sameContent ? "the same SHA-256" : "ANOTHER SHA-256"));
      for (int i = 0; i < heapsMiB.size(); i++) {
        String[] figures = heapsMiB.get(i).split(" ", -1);
        text.append(
            String.format(
                "node %d: heap of at most %s MiB, pools' peaks %s MiB, resident %s MiB%n",
                i + 1, figures[0], figures[1], figures[2]));
      }
      return text.toString();
    }
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path parent = Path.of(arguments.length > 0 ? arguments[0] : "bench/target");
    long megabytes = arguments.length > 1 ? Long.parseLong(arguments[1]) : 500;
    int heapMiB = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 280;
    Files.createDirectories(parent);
    Result result =
        run(Files.createTempDirectory(parent, "big-payload-"), megabytes * 1_000_000, heapMiB);
    System.out.print(result);
    if (!result.sameContent()) {
      System.exit(1);
    }
  }

  static Result run(Path root, long sizeBytes, int heapMiB)
      throws IOException, InterruptedException {
    LocalConsortium.found(root, NODES, Map.of());
    List<NodeProcess> nodes = new ArrayList<>();
    try {
      for (int i = 0; i < NODES; i++) {
        nodes.add(NodeProcess.start(root.resolve(String.valueOf(i + 1)), i, heapMiB));
      }
      for (NodeProcess node : nodes) {
        node.awaitUp();
      }
      return measure(root, nodes, sizeBytes);
    } finally {
      nodes.forEach(NodeProcess::close);
    }
  }

  private static Result measure(Path root, List<NodeProcess> nodes, long sizeBytes)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    String id = nodes.get(AUTHOR).ask("seal " + sizeBytes + " " + SEED);
    long sealed = System.nanoTime();
    for (NodeProcess node : nodes) {
      awaitEverywhere(node, id);
    }
    long everywhere = System.nanoTime();
    String found = nodes.get(0).ask("open " + id + " " + root.resolve("custodian.passphrase"));
    long opened = System.nanoTime();
    List<String> heaps = new ArrayList<>();
    for (NodeProcess node : nodes) {
      heaps.add(node.ask("heap"));
    }
    String expected = BigPayloadNode.sha256(new SyntheticDocument(SEED, sizeBytes));
    return new Result(
        sizeBytes,
        found.equals(expected),
        (sealed - start) / 1e9,
        (everywhere - sealed) / 1e9,
        (opened - everywhere) / 1e9,
        heaps);
  }

  private static void awaitEverywhere(NodeProcess node, String id)
      throws IOException, InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
    while (!node.ask("state " + id).equals("true true")) {
      if (System.nanoTime() > until) {
        throw new IOException("not committed and kept everywhere in time");
      }
      UNTIL_ASKED_AGAIN.pass();
    }
  }
}
