package org.medseal.bench.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

/**
 * Four durable nodes, warmed up and taken to full speed: where each program of this package begins.
 * Arguments: folder on the disk to measure, transactions, callers per node.
 */
record FourNodeRun(FourNodes cluster, Path root, int count, Load.Measured full)
    implements AutoCloseable {

  static FourNodeRun atFullSpeed(String name, String... arguments)
      throws IOException, InterruptedException, ExecutionException {
    return atFullSpeed(name, 0, arguments);
  }

  /**
   * @param snapshotBlocks as for {@link FourNodes}
   */
  static FourNodeRun atFullSpeed(String name, int snapshotBlocks, String... arguments)
      throws IOException, InterruptedException, ExecutionException {
    Path parent = Path.of(arguments.length > 0 ? arguments[0] : "bench/target");
    int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20_000;
    int callers = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1;
    Files.createDirectories(parent);
    Path root = Files.createTempDirectory(parent, name);
    FourNodes cluster = new FourNodes(root, snapshotBlocks);
    try {
      Load.atFullSpeed(cluster, count / 4, callers); // warms up
      Load.Measured full = Load.atFullSpeed(cluster, count, callers);
      System.out.println("full load: " + full);
      return new FourNodeRun(cluster, root, count, full);
    } catch (InterruptedException | ExecutionException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  @Override
  public void close() {
    cluster.close();
  }
}
