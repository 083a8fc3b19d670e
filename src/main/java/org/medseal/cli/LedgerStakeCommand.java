package org.medseal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.medseal.client.AdminClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code medseal ledger stake}. */
@Command(
    name = "stake",
    mixinStandardHelpOptions = true,
    description = "Shows all stake; bonds, unbonds or ends the jail of the own institution.")
final class LedgerStakeCommand implements Callable<Integer> {
  private enum Deed {
    SHOW,
    BOND,
    UNBOND,
    UNJAIL
  }

  @Mixin private Person person;
  @Mixin private Output output;

  @Parameters(index = "0", description = "${COMPLETION-CANDIDATES}")
  private Deed deed;

  @Parameters(index = "1", arity = "0..1", defaultValue = "0", description = "Whole units.")
  private long units;

  @Override
  public Integer call() {
    boolean moves = deed == Deed.BOND || deed == Deed.UNBOND;
    if (moves && units < 1) {
      throw output.wrongUsage("how many units? One or more");
    }
    AdminClient client = person.client();
    switch (deed) {
      case SHOW -> {
        JsonNode stakes = client.get("/api/v1/ledger/stakes").expect(200).json();
        output.print(stakes, out -> show(out, stakes));
      }
      case BOND -> output.acted(client.post("/api/v1/ledger/stake/bond", Map.of("units", units)));
      case UNBOND ->
          output.acted(client.post("/api/v1/ledger/stake/unbond", Map.of("units", units)));
      case UNJAIL -> output.acted(client.post("/api/v1/ledger/stake/unjail", Map.of()));
    }
    return 0;
  }

  private static void show(PrintWriter out, JsonNode answer) {
    out.printf(
        "height %d, voting stake %d%n",
        answer.path("height").asLong(), answer.path("totalVotes").asLong());
    for (JsonNode each : answer.path("stakes")) {
      out.printf(
          "  %-20s %-10s votes %-8d bonded %-8d free %-8d slashed %-6d missed %d%n",
          each.path("institution").asText(),
          each.path("state").asText(),
          each.path("votes").asLong(),
          each.path("bonded").asLong(),
          each.path("free").asLong(),
          each.path("slashed").asLong(),
          each.path("missedBlocks").asInt());
    }
  }
}
