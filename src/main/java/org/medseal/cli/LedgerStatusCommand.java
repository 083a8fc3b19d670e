package org.medseal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.medseal.home.Home;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code medseal ledger status}: where a running node stands, and what its home takes. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Asks the running institution where its node stands and what it waits for.")
final class LedgerStatusCommand implements Callable<Integer> {
  private static final double GIGABYTE = 1e9;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(names = "--home", defaultValue = "home", description = "The institution's folder.")
  private Path home;

  @Option(names = "--json", description = "Answer as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    JsonNode status = RunningNode.of(new Home(home)).get("/observe/ledger", Map.of()).json();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(status.toPrettyString());
    } else {
      out.printf(
          "%s on %s: height %d, block %s%n",
          status.path("institution").asText(),
          status.path("chainId").asText(),
          status.path("height").asLong(),
          status.path("blockId").asText());
      LedgerConsensusCommand.print(out, status.path("consensus"));
      printDisk(out, status.path("disk"));
    }
    out.flush();
    return 0;
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
