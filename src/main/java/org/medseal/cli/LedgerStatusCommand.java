package org.medseal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code medseal ledger status}: where a running node stands, and what its home takes. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Asks the running institution where its node stands and what it waits for.")
final class LedgerStatusCommand implements Callable<Integer> {
  private static final double GIGABYTE = 1e9;

  @Mixin private AtHome at;
  @Mixin private Output output;

  @Override
  public Integer call() {
    JsonNode status = at.node().get("/observe/ledger", Map.of()).json();
    output.print(status, out -> print(out, status));
    return 0;
  }

  private static void print(PrintWriter out, JsonNode status) {
    out.printf(
        "%s on %s: height %d, block %s%n",
        status.path("institution").asText(),
        status.path("chainId").asText(),
        status.path("height").asLong(),
        status.path("blockId").asText());
    LedgerConsensusCommand.print(out, status.path("consensus"));
    printBlobs(out, status.path("blobs"));
    printDisk(out, status.path("disk"));
  }

  private static void printBlobs(PrintWriter out, JsonNode blobs) {
    out.printf(
        "blobs: %d kept, %.3f of %.1f GB set aside; %d missing, %d incoming, %d outgoing%n",
        blobs.path("kept").asLong(),
        blobs.path("keptBytes").asLong() / GIGABYTE,
        blobs.path("quotaBytes").asLong() / GIGABYTE,
        blobs.path("missing").asLong(),
        blobs.path("incoming").asLong(),
        blobs.path("outgoing").asLong());
    long damaged = blobs.path("damaged").asLong();
    if (damaged > 0) {
      out.printf(
          "  WARNING: %d chunks were damaged on this disk, %d repaired%n",
          damaged, blobs.path("repaired").asLong());
    }
    for (JsonNode each : blobs.path("challenged")) {
      out.printf(
          "  %-20s showed %d of the %d chunks it was asked for%n",
          each.path("institution").asText(),
          each.path("answered").asLong(),
          each.path("asked").asLong());
    }
  }

  private static void printDisk(PrintWriter out, JsonNode disk) {
    if (disk.isMissingNode()) {
      return;
    }
    out.printf(
        "disk: %.3f GB used, %.1f GB free%n",
        disk.path("totalBytes").asLong() / GIGABYTE, disk.path("freeBytes").asLong() / GIGABYTE);
    disk.path("partsBytes")
        .properties()
        .forEach(
            part -> out.printf("  %-20s %,15d bytes%n", part.getKey(), part.getValue().asLong()));
    if (disk.has("growthBytesPerDay")) {
      out.printf(
          "  grows by %.3f GB a day (over the last %.1f days)%s%n",
          disk.path("growthBytesPerDay").asLong() / GIGABYTE,
          disk.path("overDays").asDouble(),
          disk.has("daysUntilFull")
              ? ": full in " + disk.path("daysUntilFull").asLong() + " days"
              : "");
    }
  }
}
