package org.medseal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.medseal.client.AdminClient;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;
  @Mixin private Person person;

  @Parameters(index = "0", description = "${COMPLETION-CANDIDATES}")
  private Deed deed;

  @Parameters(index = "1", arity = "0..1", defaultValue = "0", description = "Whole units.")
  private long units;

  @Option(names = "--json", description = "Answer as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    AdminClient client = person.client();
    PrintWriter out = spec.commandLine().getOut();
    switch (deed) {
      case SHOW -> show(out, client.get("/api/v1/ledger/stakes").expect(200).json());
      case BOND -> acted(out, client.post("/api/v1/ledger/stake/bond", Map.of("units", units)));
      case UNBOND -> acted(out, client.post("/api/v1/ledger/stake/unbond", Map.of("units", units)));
      case UNJAIL -> acted(out, client.post("/api/v1/ledger/stake/unjail", Map.of()));
    }
    out.flush();
    return 0;
  }

  private void show(PrintWriter out, JsonNode answer) {
    if (json) {
      out.println(answer.toPrettyString());
      return;
    }
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

  static void acted(PrintWriter out, AdminClient.Answer answer) {
    String id = answer.expect(200, 201, 202).json().path("id").asText();
    out.println(id + (answer.status() == 202 ? " is on its way" : " is committed"));
  }
}
